#include "store/sealed_stream.h"

#include "base/check.h"
#include "store/store.h"

namespace doorstep::store {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 16;
constexpr std::size_t overhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t length_size = 4;

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

[[noreturn]] void damaged(const char* why) {
  throw Failure("backup.damaged", why);
}

}  // namespace

SealedWriter::SealedWriter(std::ostream& out, const std::string& key) : out_(out) {
  CHECK(key.size() == stream_key_size);
  std::string header(crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0');
  crypto_secretstream_xchacha20poly1305_init_push(&state_, raw(header), raw(key));
  out_.write(header.data(), std::ssize(header));
}

void SealedWriter::push(std::string_view piece, unsigned char tag) {
  std::string closed(piece.size() + overhead, '\0');
  crypto_secretstream_xchacha20poly1305_push(&state_, raw(closed), nullptr, raw(piece),
                                             piece.size(), nullptr, 0, tag);
  std::array<char, length_size> length{};
  for (std::size_t at = 0; at < length_size; ++at) {
    length[at] = static_cast<char>((closed.size() >> (8 * at)) & 0xFFU);
  }
  out_.write(length.data(), length_size);
  out_.write(closed.data(), std::ssize(closed));
  if (!out_) throw Failure("backup.write", "the file cannot be written");
}

void SealedWriter::put(std::string_view bytes) {
  waiting_ += bytes;
  std::size_t at = 0;
  for (; waiting_.size() - at >= piece_size; at += piece_size) {
    push(std::string_view(waiting_).substr(at, piece_size),
         crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  }
  waiting_.erase(0, at);
}

void SealedWriter::finish() {
  push(waiting_, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
  waiting_.clear();
}

SealedReader::SealedReader(std::istream& in, const std::string& key) : in_(in) {
  CHECK(key.size() == stream_key_size);
  std::string header(crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0');
  in_.read(header.data(), std::ssize(header));
  if (!in_ ||
      crypto_secretstream_xchacha20poly1305_init_pull(&state_, raw(header), raw(key)) != 0) {
    damaged("no beginning");
  }
}

bool SealedReader::pull() {
  if (ended_) return false;
  std::array<char, length_size> length{};
  in_.read(length.data(), length_size);
  if (!in_) damaged("cut short");
  std::size_t size = 0;
  for (std::size_t at = 0; at < length_size; ++at) {
    size |= std::size_t{static_cast<unsigned char>(length[at])} << (8 * at);
  }
  if (size < overhead || size > piece_size + overhead) damaged("a piece of an impossible length");
  std::string closed(size, '\0');
  in_.read(closed.data(), std::ssize(closed));
  if (!in_) damaged("cut short");
  std::string piece(size - overhead, '\0');
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_, raw(piece), nullptr, &tag, raw(closed),
                                                 closed.size(), nullptr, 0) != 0) {
    damaged("a piece was changed, or the key is another's");
  }
  ended_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  open_.erase(0, at_);
  at_ = 0;
  open_ += piece;
  return true;
}

std::string SealedReader::take(std::size_t count) {
  while (open_.size() - at_ < count) {
    if (!pull()) damaged("it ends too early");
  }
  std::string bytes = open_.substr(at_, count);
  at_ += count;
  return bytes;
}

void SealedReader::finish() {
  while (!ended_) pull();
  if (open_.size() != at_ || in_.peek() != std::istream::traits_type::eof()) {
    damaged("something follows its end");
  }
}

}  // namespace doorstep::store
