// Passkeys against a device that is played here with OpenSSL's own keys, for ES256 and EdDSA; the rules by themselves, and
// through the API on both engines. A browser's virtual authenticator does the same in the browser tests.

#include "api/passkey.h"

#include <memory>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <sodium.h>

#include "access/accounts.h"
#include "api/testing.h"

namespace doorstep::api {
namespace {

std::string sha256(std::string_view bytes) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hash;
}

/// A key on somebody's device.
class Device {
 public:
  explicit Device(bool edwards)
      : edwards_(edwards),
        key_(edwards ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                     : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"),
             EVP_PKEY_free) {}

  /// COSE_Key, CBOR written by hand: RFC 9053, sections 7.1 and 7.2.
  [[nodiscard]] std::string cose() const {
    if (edwards_)
      return std::string("\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20", 10) + point().substr(0);
    const std::string both = point();
    return std::string("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", 10) + both.substr(1, 32) +
           std::string("\x22\x58\x20", 3) + both.substr(33, 32);
  }
  [[nodiscard]] std::string data(std::string_view domain, bool registering, char flags = '\x05') {
    std::string made = sha256(domain) + static_cast<char>(flags | (registering ? 0x40 : 0));
    ++count;
    for (int shift = 24; shift >= 0; shift -= 8) made += static_cast<char>(count >> shift);
    if (!registering) return made;
    return made + std::string(16, '\0') + std::string("\0\x04", 2) + credential + cose();
  }
  [[nodiscard]] std::string sign(const std::string& message) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    EVP_DigestSignInit(context.get(), nullptr, edwards_ ? nullptr : EVP_sha256(), nullptr,
                       key_.get());
    std::size_t size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
    EVP_DigestSign(context.get(), nullptr, &size, bytes, message.size());
    std::string signature(size, '\0');
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                   message.size());
    signature.resize(size);
    return signature;
  }

  std::string credential = "cred";
  int count = 0;

 private:
  /// 32 bytes, or 04 and both coordinates.
  [[nodiscard]] std::string point() const {
    std::string bytes(65, '\0');
    std::size_t size = bytes.size();
    if (edwards_) {
      EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                                  &size);
    } else {
      EVP_PKEY_get_octet_string_param(
          key_.get(), "pub", reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), &size);
    }
    bytes.resize(size);
    return bytes;
  }

  bool edwards_;
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
};

std::string client_data(std::string_view type, std::string_view challenge,
                        std::string_view origin = "https://door.example",
                        std::string_view more = R"(,"crossOrigin":false,"new_member":1)") {
  return fmt::format(R"({{"type":"webauthn.{}","challenge":"{}","origin":"{}"{}}})", type,
                     challenge, origin, more);
}

TEST(PasskeyTest, ADomainNeedsANameAndAnEncryptedAddress) {
  EXPECT_EQ(passkey_domain("https://door.example:8443"), "door.example");
  EXPECT_EQ(passkey_domain("http://localhost:8080"), "localhost");
  EXPECT_EQ(passkey_domain("http://door.example"), "");
  EXPECT_EQ(passkey_domain("https://192.168.1.20"), "");
  EXPECT_EQ(passkey_domain(""), "");
}

TEST(PasskeyTest, EachThingThatIsNotAsAskedIsRefused) {
  const Ceremony asked{"a challenge", "https://door.example", false};
  const std::string challenge = to_base64url(asked.challenge);
  for (const bool edwards : {true, false}) {
    Device device(edwards);
    const std::string key = device.cose();
    const auto check = [&](const std::string& client, const std::string& data) {
      const auto made =
          check_assertion(client, data, device.sign(data + sha256(client)), key, asked);
      return made.ok() ? std::string("ok") : made.error().code;
    };
    const std::string good = client_data("get", challenge);
    EXPECT_EQ(check(good, device.data("door.example", false)), "ok");
    EXPECT_EQ(check(client_data("create", challenge), device.data("door.example", false)),
              "passkey.wrong");
    EXPECT_EQ(
        check(client_data("get", to_base64url("another")), device.data("door.example", false)),
        "passkey.wrong");
    EXPECT_EQ(check(client_data("get", challenge, "https://d00r.example"),
                    device.data("door.example", false)),
              "passkey.wrong");
    EXPECT_EQ(check(client_data("get", challenge, "https://door.example", R"(,"crossOrigin":true)"),
                    device.data("door.example", false)),
              "passkey.wrong");
    EXPECT_EQ(check("[]", device.data("door.example", false)), "passkey.wrong");
    EXPECT_EQ(check(good, device.data("d00r.example", false)), "passkey.wrong");
    EXPECT_EQ(check(good, device.data("door.example", false, '\x01')), "passkey.unverified");
    EXPECT_EQ(check(good, "short"), "passkey.wrong");
    // Signed over something else, and by somebody else.
    const std::string data = device.data("door.example", false);
    EXPECT_FALSE(check_assertion(good, data, device.sign(data), key, asked).ok());
    const Device other(edwards);
    EXPECT_FALSE(check_assertion(good, data, other.sign(data + sha256(good)), key, asked).ok());
    EXPECT_FALSE(check_assertion(good, data, "", key, asked).ok());
    EXPECT_FALSE(check_assertion(good, data, device.sign(data + sha256(good)), "", asked).ok());
  }
}

TEST(PasskeyTest, AKeyThatIsCutOrOfAnotherKindIsNone) {
  const Ceremony asked{"a challenge", "https://door.example", true};
  for (const bool edwards : {true, false}) {
    Device device(edwards);
    const std::string whole = device.data("door.example", true);
    const auto read = read_authenticator(whole, asked);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->credential, "cred");
    EXPECT_EQ(read->public_key, device.cose());
    EXPECT_EQ(read->sign_count, 1);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      EXPECT_FALSE(read_authenticator(whole.substr(0, size), asked).ok()) << size;
    }
    // RS256: COSE algorithm -257.
    std::string rsa = whole;
    rsa.replace(rsa.find(device.cose()), device.cose().size(),
                std::string("\xa3\x01\x03\x03\x39\x01\x00\x20\x41n", 10));
    EXPECT_EQ(read_authenticator(rsa, asked).error().code, "passkey.algorithm");
  }
  Device device(false);
  std::string off_curve = device.data("door.example", true);
  off_curve.back() = static_cast<char>(off_curve.back() ^ 1);
  EXPECT_EQ(read_authenticator(off_curve, asked).error().code, "passkey.algorithm");
}

class Passkeys : public House {
 protected:
  void SetUp() override { me_ = staff(access::Role::worker); }

  Response add(const As& who, Device& device, std::string_view origin = "https://door.example") {
    const auto begun = post(who, "/api/v1/passkeys/begin");
    EXPECT_EQ(begun.status, 200) << begun.body;
    EXPECT_EQ(member(begun, "domain"), "door.example");
    return post(who, "/api/v1/passkeys",
                fmt::format(R"({{"challenge":"{}","client_data":"{}","authenticator_data":"{}",)"
                            R"("device":"Mozilla/5.0 (Linux; Android 12) Chrome/120 Safari/537"}})",
                            member(begun, "challenge"),
                            to_base64url(client_data("create", member(begun, "challenge"), origin)),
                            to_base64url(device.data("door.example", true))));
  }
  Response enter(Device& device, std::string challenge = {}) {
    if (challenge.empty())
      challenge = member(post(nobody, "/api/v1/session/passkey/begin"), "challenge");
    const std::string client = client_data("get", challenge);
    const std::string data = device.data("door.example", false);
    return post(nobody, "/api/v1/session/passkey",
                fmt::format(R"({{"challenge":"{}","credential":"{}","client_data":"{}",)"
                            R"("authenticator_data":"{}","signature":"{}"}})",
                            challenge, to_base64url(device.credential), to_base64url(client),
                            to_base64url(data), to_base64url(device.sign(data + sha256(client)))));
  }
  As me_;
};

TEST_P(Passkeys, SignInByKeysOfBothKindsAndARemovedOneNoMore) {
  for (const bool edwards : {true, false}) {
    Device device(edwards);
    device.credential = edwards ? "edwards" : "elliptic";
    device.credential.resize(4);  // As data() says.
    const auto added = add(me_, device);
    ASSERT_EQ(added.status, 200) << added.body;
    const auto in = enter(device);
    ASSERT_EQ(in.status, 200) << in.body;
    EXPECT_EQ(in.cookie, Response::Cookie::set);
    const As self{in.session, {}, Channel::network};
    EXPECT_EQ(member(get(self, "/api/v1/session"), "account.id"),
              member(get(me_, "/api/v1/session"), "account.id"));
    EXPECT_EQ(member(get(self, "/api/v1/sessions"), "passkeys.0.device"), "Android Chrome");
    EXPECT_EQ(member(add(me_, device), "code"), "passkey.known");
    // A copy of the device counts on from where it was copied.
    device.count -= 3;
    EXPECT_EQ(member(enter(device), "code"), "passkey.copied");
    device.count += 10;
    EXPECT_EQ(enter(device).status, 200);
    EXPECT_EQ(post(me_, "/api/v1/passkeys/" + member(added, "id") + "/remove").status, 200);
    EXPECT_EQ(member(enter(device), "code"), "passkey.unknown");
  }
}

TEST_P(Passkeys, AChallengeIsGoodOnceForWhatItWasAskedAndForFiveMinutes) {
  Device device(true);
  EXPECT_EQ(member(add(me_, device, "https://d00r.example"), "code"), "passkey.wrong");
  ASSERT_EQ(add(me_, device).status, 200);
  const std::string challenge = member(post(nobody, "/api/v1/session/passkey/begin"), "challenge");
  EXPECT_EQ(enter(device, challenge).status, 200);
  EXPECT_EQ(member(enter(device, challenge), "code"), "passkey.expired");
  const std::string registering = member(post(me_, "/api/v1/passkeys/begin"), "challenge");
  EXPECT_EQ(member(enter(device, registering), "code"), "passkey.expired");
  const std::string late = member(post(nobody, "/api/v1/session/passkey/begin"), "challenge");
  clock().advance(std::chrono::minutes{5});
  EXPECT_EQ(member(enter(device, late), "code"), "passkey.expired");
  // Another's key is not mine to remove, and without a session nothing is added.
  const As other = staff(access::Role::manager);
  const std::string id = member(get(me_, "/api/v1/sessions"), "passkeys.0.id");
  EXPECT_EQ(member(post(other, "/api/v1/passkeys/" + id + "/remove"), "code"), "passkey.unknown");
  EXPECT_EQ(member(post(nobody, "/api/v1/passkeys/begin"), "code"), "session.none");
  settings({.public_url = "http://192.168.1.20:8080", .demo = false});
  EXPECT_EQ(member(post(nobody, "/api/v1/session/passkey/begin"), "code"), "passkey.no_domain");
}

DOORSTEP_ON_BOTH_ENGINES(Passkeys);

}  // namespace
}  // namespace doorstep::api
