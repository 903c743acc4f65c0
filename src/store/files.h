#pragma once
/// \file Files that are there after a power cut, or not at all.

#include <optional>
#include <string>
#include <string_view>

namespace doorstep::store {

/// An open file descriptor, closed at the end.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  [[nodiscard]] int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

/// Creates the directory and its parents, 0700, durably. Throws Failure.
void make_directory(const std::string& path);

/// The bytes of a file, or none where it does not exist. Throws Failure.
std::optional<std::string> read_file(const std::string& path);

/// Writes a temporary file, fsync, rename, fsync of the directory; 0600. Throws Failure.
void write_file(const std::string& path, std::string_view bytes);

/// Gives a file that is whole its name, durably: fsync, rename, fsync of the directory. Throws Failure.
void keep_file(const std::string& written, const std::string& path);

/// Appends and calls fsync; creates the file 0600. Throws Failure.
void append_file(const std::string& path, std::string_view bytes);

/// Removes a file durably; nothing where it does not exist. Throws Failure.
void remove_file(const std::string& path);

}  // namespace doorstep::store
