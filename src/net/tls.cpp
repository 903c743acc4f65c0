#include "net/tls.h"

#include <string_view>

#include <openssl/ssl.h>

namespace doorstep::net {
namespace {

constexpr std::string_view http_1_1 = "\x08http/1.1";

int select_protocol(SSL* /*ssl*/, const unsigned char** out, unsigned char* out_size,
                    const unsigned char* offered, unsigned int offered_size, void* /*context*/) {
  unsigned char* chosen = nullptr;
  const int found = SSL_select_next_proto(
      &chosen, out_size, reinterpret_cast<const unsigned char*>(http_1_1.data()),
      static_cast<unsigned int>(http_1_1.size()), offered, offered_size);
  *out = chosen;
  // A client that speaks HTTP/2 alone is let in and will find out: better than no reason at all.
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

Error refused(std::string hint) {
  return Error{ErrorKind::invalid, "net.certificate", std::move(hint)};
}

}  // namespace

Result<void> load_certificate(boost::asio::ssl::context& context, const std::string& certificate,
                              const std::string& key) {
  boost::system::error_code error;
  SSL_CTX* native = context.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                  SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  // For TLS 1.2; those of 1.3 are all good. ChaCha first where a phone without AES asks for it.
  SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_alpn_select_cb(native, select_protocol, nullptr);
  // An idle connection keeps no 34 KiB of record buffers: 4,096 of them would be 140 MB.
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  context.use_certificate_chain_file(certificate, error);
  if (error) return refused("the certificate file cannot be used: " + error.message());
  context.use_private_key_file(key, boost::asio::ssl::context::pem, error);
  if (error) return refused("the key file cannot be used: " + error.message());
  if (SSL_CTX_check_private_key(native) != 1) return refused("key and certificate do not match");
  return {};
}

}  // namespace doorstep::net
