#include "store/journal.h"

#include <charconv>
#include <vector>

#include <fmt/format.h>
#include <sodium.h>

#include "base/bytes.h"

namespace doorstep::store {
namespace {

void put_number(std::string& out, std::int64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out.push_back(
        static_cast<char>((static_cast<std::uint64_t>(value) >> unsigned(shift)) & 0xFFU));
  }
}

void put_text(std::string& out, std::string_view text) {
  put_number(out, static_cast<std::int64_t>(text.size()));
  out.append(text);
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::string genesis_hash(std::int64_t installation) {
  std::string message = "doorstep journal 1\n";
  put_number(message, installation);
  return blake2b(message);
}

std::string entry_hash(std::string_view previous, const Sealed& sealed) {
  const Entry& entry = sealed.entry;
  std::string message = "doorstep entry 1\n";
  message.reserve(160 + entry.path.size() + entry.data.size());
  put_text(message, previous);
  put_number(message, sealed.seq);
  put_number(message, sealed.id);
  put_number(message, sealed.at.time_since_epoch().count());
  put_number(message, entry.community);
  put_number(message, entry.actor);
  put_text(message, entry.kind);
  put_number(message, entry.subject);
  put_text(message, entry.path);
  put_text(message, entry.data);
  return blake2b(message);
}

std::string head_message(const Head& head) {
  std::string message = "doorstep head 1\n";
  put_number(message, head.seq);
  put_text(message, head.hash);
  put_number(message, head.at.time_since_epoch().count());
  return message;
}

bool head_is_genuine(const Head& head, std::string_view public_key) {
  if (head.signature.size() != crypto_sign_BYTES) return false;
  if (public_key.size() != crypto_sign_PUBLICKEYBYTES) return false;
  const std::string message = head_message(head);
  return crypto_sign_verify_detached(raw(head.signature), raw(message), message.size(),
                                     raw(public_key)) == 0;
}

void chain(Link& last, Sealed& sealed) {
  sealed.seq = last.seq + 1;
  sealed.hash = entry_hash(last.hash, sealed);
  last = {sealed.seq, sealed.hash};
}

Sealed read_sealed(const Row& row) {
  Sealed sealed;
  sealed.seq = row.integer(0);
  sealed.id = row.integer(1);
  sealed.at = row.instant(2);
  sealed.entry.community = row.integer(3);
  sealed.entry.actor = row.integer(4);
  sealed.entry.kind = row.text(5);
  sealed.entry.subject = row.integer(6);
  sealed.entry.path = row.text(7);
  sealed.entry.data = row.text(8);
  sealed.hash = row.bytes(9);
  return sealed;
}

Head read_head(const Row& row) {
  return {row.integer(0), row.bytes(1), row.instant(2), row.bytes(3)};
}

std::string head_line(const Head& head) {
  return fmt::format("{} {} {} {}\n", head.seq, to_hex(head.hash),
                     head.at.time_since_epoch().count(), to_hex(head.signature));
}

std::optional<Head> head_from_line(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  if (words.size() != 4) return std::nullopt;
  std::int64_t numbers[2] = {};
  for (const int at : {0, 1}) {
    const std::string_view word = words[std::size_t(at) * 2];
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), numbers[at]);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  }
  const auto hash = from_hex(words[1]);
  const auto signature = from_hex(words[3]);
  if (!hash || !signature) return std::nullopt;
  return Head{numbers[0], *hash, Instant{std::chrono::milliseconds{numbers[1]}}, *signature};
}

}  // namespace doorstep::store
