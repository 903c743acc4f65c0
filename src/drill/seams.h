#pragma once
/// \file Seams: a clock and a store that stand before the real ones. They let everything through
/// until a planted bug or a power cut takes hold.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "drill/house.h"
#include "store/store.h"

namespace doorstep::drill {

class SeamClock final : public Clock {
 public:
  SeamClock(Instant start, const Tampering& tampering) : now_(start), tampering_(tampering) {}
  [[nodiscard]] Instant now() const override {
    return tampering_.clock ? tampering_.clock(now_, sweeping_) : now_;
  }
  [[nodiscard]] Instant true_time() const { return now_; }
  void set(Instant now) { now_ = now; }

 private:
  friend class Sweeping;
  Instant now_;
  const Tampering& tampering_;
  bool sweeping_ = false;
};

/// While it lives, the sweep reads the clock.
class Sweeping {
 public:
  explicit Sweeping(SeamClock& clock) : clock_(clock) { clock_.sweeping_ = true; }
  ~Sweeping() { clock_.sweeping_ = false; }
  Sweeping(const Sweeping&) = delete;
  Sweeping& operator=(const Sweeping&) = delete;

 private:
  SeamClock& clock_;
};

/// The real store, whose transactions can be tampered with and cut off.
class SeamStore final : public store::Store {
 public:
  void open(const store::Options& options, const Tampering* tampering);
  void close() { inner_.reset(); }

  /// The next transaction that changes something dies at its second statement: `dying` is called
  /// there, and nothing of it is committed. Empty: no.
  void kill_inside(std::function<void()> dying) { dying_ = std::move(dying); }

  store::Outcome read(const std::function<store::Outcome(store::Snapshot&)>& work) override {
    return inner_->read(work);
  }
  void write(std::function<store::Outcome(store::Transaction&)> work,
             std::function<void(store::Outcome)> done) override;
  std::vector<store::Sealed> journal(std::int64_t after, std::int64_t limit) override {
    return inner_->journal(after, limit);
  }
  std::int64_t last_seq() override { return inner_->last_seq(); }
  void on_sealed(std::function<void(std::int64_t seq)> listener) override {
    inner_->on_sealed(std::move(listener));
  }
  store::Head sign_head() override { return inner_->sign_head(); }
  std::string put_blob(std::string_view bytes) override { return inner_->put_blob(bytes); }
  std::optional<std::string> blob(const std::string& hash) override { return inner_->blob(hash); }
  void remove_blob(const std::string& hash) override { inner_->remove_blob(hash); }
  [[nodiscard]] std::string_view engine() const override { return inner_->engine(); }
  [[nodiscard]] const std::string& pepper() const override { return inner_->pepper(); }
  [[nodiscard]] std::string sign(std::string_view text) const override {
    return inner_->sign(text);
  }
  [[nodiscard]] const std::string& journal_key() const override { return inner_->journal_key(); }
  [[nodiscard]] std::vector<store::Head> noted_heads() const override {
    return inner_->noted_heads();
  }

 private:
  std::unique_ptr<store::Store> inner_;
  const Tampering* tampering_ = nullptr;
  std::function<void()> dying_;
};

}  // namespace doorstep::drill
