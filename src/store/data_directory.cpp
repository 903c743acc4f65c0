#include "store/data_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/bytes.h"
#include "store/journal.h"

namespace doorstep::store {
namespace {

constexpr const char* heads_file = "heads.log";

Descriptor take_lock(const std::string& path) {
  Descriptor file{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  if (!file) throw Failure("store.broken", "cannot open " + path);
  if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
    std::string holder = read_file(path).value_or("");
    while (holder.ends_with('\n')) holder.pop_back();
    throw Failure("store.locked",
                  fmt::format("{} is held by process {}", path, holder.empty() ? "?" : holder));
  }
  const std::string self = fmt::format("{}\n", ::getpid());
  if (::ftruncate(file.number(), 0) != 0 ||
      ::pwrite(file.number(), self.data(), self.size(), 0) != ssize_t(self.size())) {
    throw Failure("store.broken", "cannot write " + path);
  }
  return file;
}

/// The secret kept in `path` as hexadecimal; made from `rng` where it is not there yet.
std::string secret(const std::string& path, std::size_t size, Rng& rng) {
  if (const auto text = read_file(path)) {
    const std::string_view line = std::string_view(*text).substr(0, size * 2);
    auto bytes = from_hex(line);
    if (!bytes || bytes->size() != size) throw Failure("store.keys", path + " is damaged");
    return *std::move(bytes);
  }
  std::string bytes = rng.bytes(size);
  write_file(path, to_hex(bytes) + "\n");
  return bytes;
}

unsigned char* raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

std::string public_key_of(std::string seed) {
  std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
  std::string open(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_seed_keypair(raw(open), raw(secret), raw(seed));
  sodium_memzero(secret.data(), secret.size());
  return open;
}

}  // namespace

std::string public_key_in(const std::string& path) {
  if (sodium_init() < 0) throw Failure("store.broken", "libsodium does not start");
  const std::string file = path + "/keys/journal";
  const auto text = read_file(file);
  if (!text) throw Failure("store.none", "there is no installation in " + path);
  auto seed = from_hex(std::string_view(*text).substr(0, crypto_sign_SEEDBYTES * 2));
  if (!seed || seed->size() != crypto_sign_SEEDBYTES) {
    throw Failure("store.keys", file + " is damaged");
  }
  return public_key_of(*std::move(seed));
}

DataDirectory::DataDirectory(const std::string& path, Rng& rng) : path_(path) {
  if (sodium_init() < 0) throw Failure("store.broken", "libsodium does not start");
  make_directory(path_);
  lock_ = take_lock(file("lock"));
  make_directory(file("keys"));
  pepper_ = secret(file("keys/pepper"), 32, rng);
  std::string seed = secret(file("keys/journal"), crypto_sign_SEEDBYTES, rng);
  secret_key_.resize(crypto_sign_SECRETKEYBYTES);
  public_key_.resize(crypto_sign_PUBLICKEYBYTES);
  crypto_sign_seed_keypair(raw(public_key_), raw(secret_key_), raw(seed));
  const auto heads = noted();
  if (!heads.empty()) last_noted_ = heads.back().seq;
}

std::string DataDirectory::fingerprint() const {
  return blake2b("doorstep keys 1\n" + public_key_, pepper_);
}

std::string DataDirectory::sign(std::string_view text) const {
  std::string signature(crypto_sign_BYTES, '\0');
  std::string message(text);
  std::string key = secret_key_;
  crypto_sign_detached(raw(signature), nullptr, raw(message), message.size(), raw(key));
  sodium_memzero(key.data(), key.size());
  return signature;
}

Head DataDirectory::sign(std::int64_t seq, const std::string& hash, Instant now) const {
  Head head{seq, hash, now, {}};
  head.signature = sign(head_message(head));
  return head;
}

void DataDirectory::note(const Head& head) {
  const std::lock_guard lock(mutex_);
  if (head.seq <= last_noted_) return;
  append_file(file(heads_file), head_line(head));
  last_noted_ = head.seq;
}

std::vector<Head> noted_in(const std::string& path) {
  const auto text = read_file(path + "/" + heads_file);
  std::vector<Head> heads;
  if (!text) return heads;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    // A power cut can leave half a last line; the database still has that head.
    if (end == std::string_view::npos) break;
    if (auto head = head_from_line(rest.substr(0, end))) heads.push_back(*std::move(head));
    rest.remove_prefix(end + 1);
  }
  return heads;
}

}  // namespace doorstep::store
