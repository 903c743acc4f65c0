#include "api/passkey.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>

#include <boost/json.hpp>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

#include "base/base64.h"

namespace doorstep::api {
namespace {

const Error wrong{ErrorKind::invalid, "passkey.wrong"};

constexpr std::size_t hash_size = 32;
constexpr std::size_t header_size = hash_size + 1 + 4;  // Hash of the domain, flags, counter.
constexpr std::size_t aaguid_size = 16;
constexpr unsigned user_present = 0x01;
constexpr unsigned user_verified = 0x04;
constexpr unsigned key_included = 0x40;

std::string sha256(std::string_view bytes) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hash;
}

/// What a COSE_Key holds, by label: small integers and byte strings (RFC 8949; RFC 9053, sections 7.1 and 7.2).
struct CoseKey {
  std::map<std::int64_t, std::int64_t> numbers;
  std::map<std::int64_t, std::string> bytes;
  std::size_t size = 0;  ///< Bytes that it took.

  [[nodiscard]] std::int64_t number(std::int64_t label) const {
    const auto found = numbers.find(label);
    return found == numbers.end() ? 0 : found->second;
  }
  [[nodiscard]] std::string at(std::int64_t label) const {
    const auto found = bytes.find(label);
    return found == bytes.end() ? std::string() : found->second;
  }
};

/// Reads the few forms of CBOR that a key is made of; everything else is no key.
class CborReader {
 public:
  explicit CborReader(std::string_view bytes) : left_(bytes), size_(bytes.size()) {}

  struct Item {
    unsigned major = 0;
    std::uint64_t value = 0;
  };
  std::optional<Item> item() {
    if (left_.empty()) return std::nullopt;
    const auto first = static_cast<unsigned char>(left_.front());
    left_.remove_prefix(1);
    Item made{static_cast<unsigned>(first) >> 5U, static_cast<unsigned>(first) & 0x1FU};
    if (made.value < 24) return made;
    if (made.value > 26) return std::nullopt;  // No key needs eight bytes or an open end.
    const std::size_t more = std::size_t{1} << (made.value - 24);
    if (left_.size() < more) return std::nullopt;
    made.value = 0;
    for (const char one : left_.substr(0, more)) {
      made.value = (made.value << 8U) | static_cast<unsigned char>(one);
    }
    left_.remove_prefix(more);
    return made;
  }
  std::optional<std::string> take(std::uint64_t size) {
    if (size > left_.size()) return std::nullopt;
    std::string taken(left_.substr(0, size));
    left_.remove_prefix(size);
    return taken;
  }
  [[nodiscard]] std::size_t used() const { return size_ - left_.size(); }

 private:
  std::string_view left_;
  std::size_t size_;
};

/// An integer of either sign, as CBOR has them.
std::optional<std::int64_t> integer(const CborReader::Item& item) {
  if (item.major > 1) return std::nullopt;
  const auto value = static_cast<std::int64_t>(item.value);
  return item.major == 0 ? value : -1 - value;
}

std::optional<CoseKey> read_key(std::string_view bytes) {
  CborReader reader(bytes);
  const auto map = reader.item();
  if (!map || map->major != 5 || map->value > 16) return std::nullopt;
  CoseKey key;
  for (std::uint64_t entry = 0; entry < map->value; ++entry) {
    const auto label_item = reader.item();
    const auto label = label_item ? integer(*label_item) : std::nullopt;
    const auto item = label ? reader.item() : std::nullopt;
    if (!item) return std::nullopt;
    if (item->major == 2) {
      auto taken = reader.take(item->value);
      if (!taken) return std::nullopt;
      key.bytes[*label] = *std::move(taken);
    } else if (const auto value = integer(*item)) {
      key.numbers[*label] = *value;
    } else {
      return std::nullopt;
    }
  }
  key.size = reader.used();
  return key;
}

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Key elliptic_key(const std::string& x, const std::string& y) {
  Key none(nullptr, EVP_PKEY_free);
  if (x.size() != hash_size || y.size() != hash_size) return none;
  std::string point = '\x04' + x + y;
  std::string group = "prime256v1";
  const std::array<OSSL_PARAM, 3> params{
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end()};
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), EVP_PKEY_CTX_free);
  EVP_PKEY* made = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY,
                        const_cast<OSSL_PARAM*>(params.data())) != 1) {
    return none;
  }
  return {made, EVP_PKEY_free};
}

/// ES256 on P-256, or EdDSA on Ed25519; null for everything else, also for a point that is not on the curve.
Key key_of(const CoseKey& cose) {
  const std::string x = cose.at(-2);
  if (cose.number(1) == 2 && cose.number(3) == -7 && cose.number(-1) == 1) {
    return elliptic_key(x, cose.at(-3));
  }
  if (cose.number(1) == 1 && cose.number(3) == -8 && cose.number(-1) == 6 &&
      x.size() == hash_size) {
    return {EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                        reinterpret_cast<const unsigned char*>(x.data()), x.size()),
            EVP_PKEY_free};
  }
  return {nullptr, EVP_PKEY_free};
}

bool signed_by(EVP_PKEY* key, std::string_view message, std::string_view signature) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  const EVP_MD* digest = EVP_PKEY_is_a(key, "ED25519") == 1 ? nullptr : EVP_sha256();
  return context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(), reinterpret_cast<const unsigned char*>(message.data()),
                          message.size()) == 1;
}

/// The credential that follows the header where a key is included.
Result<void> read_credential(std::string_view data, Authenticator& made) {
  if (data.size() < aaguid_size + 2) return wrong;
  data.remove_prefix(aaguid_size);
  const std::size_t size = static_cast<std::size_t>(static_cast<unsigned char>(data[0])) << 8U |
                           static_cast<unsigned char>(data[1]);
  data.remove_prefix(2);
  if (size == 0 || size > 1023 || size > data.size()) return wrong;
  made.credential = std::string(data.substr(0, size));
  data.remove_prefix(size);
  const auto key = read_key(data);
  if (!key) return wrong;
  if (!key_of(*key)) return Error{ErrorKind::invalid, "passkey.algorithm"};
  made.public_key = std::string(data.substr(0, key->size));
  return {};
}

}  // namespace

std::string to_base64url(std::string_view bytes) {
  return to_base64(bytes, Base64::url);
}

Result<std::string> from_base64url(std::string_view text) {
  auto bytes = from_base64(text, Base64::url);
  if (!bytes) return wrong;
  return *std::move(bytes);
}

std::string passkey_domain(std::string_view origin) {
  const auto end = origin.find("://");
  if (end == std::string_view::npos) return {};
  std::string host(origin.substr(end + 3));
  host = host.substr(0, host.find_first_of(":/"));
  const bool secure = origin.starts_with("https://") || host == "localhost";
  const bool number = std::ranges::all_of(
      host, [](char one) { return (one >= '0' && one <= '9') || one == '.' || one == '['; });
  return secure && !number ? host : std::string();
}

Result<void> check_client_data(std::string_view client_data, const Ceremony& expected) {
  boost::system::error_code failed;
  const auto parsed = boost::json::parse(client_data, failed);
  const auto* object = failed ? nullptr : parsed.if_object();
  if (object == nullptr) return wrong;
  const auto is = [&](const char* name, std::string_view value) {
    const auto* found = object->if_contains(name);
    return found != nullptr && found->is_string() && found->get_string() == value;
  };
  const auto* crossed = object->if_contains("crossOrigin");
  if (!is("type", expected.registering ? "webauthn.create" : "webauthn.get") ||
      !is("challenge", to_base64url(expected.challenge)) || !is("origin", expected.origin) ||
      (crossed != nullptr && crossed->is_bool() && crossed->get_bool())) {
    return wrong;
  }
  return {};
}

Result<Authenticator> read_authenticator(std::string_view data, const Ceremony& expected) {
  const std::string domain = passkey_domain(expected.origin);
  if (data.size() < header_size || domain.empty() || data.substr(0, hash_size) != sha256(domain)) {
    return wrong;
  }
  const unsigned flags = static_cast<unsigned char>(data[hash_size]);
  if ((flags & user_present) == 0 || (flags & user_verified) == 0) {
    return Error{ErrorKind::invalid, "passkey.unverified"};
  }
  Authenticator made;
  for (const char one : data.substr(hash_size + 1, 4)) {
    made.sign_count = (made.sign_count << 8U) | static_cast<unsigned char>(one);
  }
  if (!expected.registering) return made;
  if ((flags & key_included) == 0) return wrong;
  TRY(read_credential(data.substr(header_size), made));
  return made;
}

Result<Authenticator> check_assertion(std::string_view client_data, std::string_view authenticator,
                                      std::string_view signature, std::string_view public_key,
                                      const Ceremony& expected) {
  TRY(check_client_data(client_data, expected));
  const Authenticator made = TRY(read_authenticator(authenticator, expected));
  const auto cose = read_key(public_key);
  const Key key = cose ? key_of(*cose) : Key(nullptr, EVP_PKEY_free);
  if (!key || !signed_by(key.get(), std::string(authenticator) + sha256(client_data), signature)) {
    return wrong;
  }
  return made;
}

}  // namespace doorstep::api
