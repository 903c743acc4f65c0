// TLS with a certificate that is made on the spot.
#include <array>
#include <cstdio>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/test_house.h"

namespace doorstep::net {
namespace {

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* what) const { release(what); }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509, X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Release<SSL_CTX, SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Release<SSL, SSL_free>>;

struct Files {
  std::string certificate;
  std::string key;
};

Files self_signed(const std::string& name) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  Files files{testing::TempDir() + name + ".pem", testing::TempDir() + name + ".key"};
  FILE* out = std::fopen(files.certificate.c_str(), "w");
  PEM_write_X509(out, certificate.get());
  std::fclose(out);
  out = std::fopen(files.key.c_str(), "w");
  PEM_write_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(out);
  return files;
}

/// What the server says to `request` over TLS no newer than `newest`; empty when there was no
/// handshake.
std::string ask(std::uint16_t port, std::string_view request, int newest = TLS1_3_VERSION) {
  const int made = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string got;
  if (::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    const Context context(SSL_CTX_new(TLS_client_method()));
    // Level 0, or the client itself would not offer the old versions.
    SSL_CTX_set_cipher_list(context.get(), "ALL:@SECLEVEL=0");
    SSL_CTX_set_max_proto_version(context.get(), newest);
    const Session session(SSL_new(context.get()));
    SSL_set_fd(session.get(), made);
    if (SSL_connect(session.get()) == 1) {
      SSL_write(session.get(), request.data(), static_cast<int>(request.size()));
      std::array<char, 4096> piece;
      int size = 0;
      while ((size = SSL_read(session.get(), piece.data(), piece.size())) > 0) {
        got.append(piece.data(), static_cast<std::size_t>(size));
      }
      if ((SSL_get_shutdown(session.get()) & SSL_RECEIVED_SHUTDOWN) != 0) got += "goodbye";
    }
  }
  ::close(made);
  return got;
}

TEST(Tls, SpeaksOneDotTwoAndLaterOnTheSamePath) {
  const Files files = self_signed("net_tls");
  Options options;
  options.certificate = files.certificate;
  options.key = files.key;
  const House house(options);
  const std::string_view request =
      "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nCookie: __Host-doorstep=old\r\n"
      "Connection: close\r\nContent-Length: 0\r\n\r\n";
  for (const int newest : {TLS1_3_VERSION, TLS1_2_VERSION}) {
    const std::string answer = ask(house.server->port(), request, newest);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_NE(answer.find("Set-Cookie: __Host-doorstep=5e55; Path=/; HttpOnly; SameSite=Strict; "
                          "Secure\r\n"),
              std::string::npos);
    EXPECT_NE(answer.find("Strict-Transport-Security: max-age=31536000"), std::string::npos);
    EXPECT_TRUE(answer.ends_with("goodbye"));
  }
  EXPECT_EQ(ask(house.server->port(), request, TLS1_1_VERSION), "");
  // Plain HTTP on this port ends in nothing and harms nobody.
  EXPECT_FALSE(house.client().send("GET", "/healthz").ok());
  const std::string big =
      ask(house.server->port(),
          "GET /api/v1/big/2000000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_GT(big.size(), 2'000'000U);
}

TEST(Tls, RefusesToStartWithoutAUsableCertificate) {
  const Files one = self_signed("net_tls_one");
  const Files two = self_signed("net_tls_two");
  ToyStore store;
  ToyHandler handler;
  for (const Files& files : {Files{"missing.pem", "missing.key"}, Files{one.certificate, ""},
                             Files{one.certificate, two.key}}) {
    Options options;
    options.port = 0;
    options.certificate = files.certificate;
    options.key = files.key;
    Server server(handler, store, options);
    const Result<void> started = server.start();
    ASSERT_FALSE(started.ok());
    EXPECT_EQ(started.error().code, "net.certificate");
  }
}

}  // namespace
}  // namespace doorstep::net
