#pragma once
/// \file Do and undo: every write to the state goes through here, so taking an iteration back costs
/// what the iteration touched, whatever the size of the problem.

#include <cstddef>
#include <memory>
#include <type_traits>

namespace doorstep::routing {

template <class Word>
class Journal {
 public:
  void set(Word& slot, std::type_identity_t<Word> value) {
    if (size_ == capacity_) [[unlikely]]
      grow();
    entries_[size_++] = {&slot, slot};
    slot = value;
  }

  void keep() { size_ = 0; }

  void take_back() {
    while (size_ > 0) {
      --size_;
      *entries_[size_].slot = entries_[size_].old;
    }
  }

 private:
  struct Entry {
    Word* slot;
    Word old;
  };

  void grow() {
    const std::size_t capacity = capacity_ == 0 ? 1024 : 2 * capacity_;
    auto entries = std::make_unique<Entry[]>(capacity);
    for (std::size_t i = 0; i < size_; ++i) entries[i] = entries_[i];
    entries_ = std::move(entries);
    capacity_ = capacity;
  }

  std::unique_ptr<Entry[]> entries_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace doorstep::routing
