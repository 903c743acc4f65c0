/// \file What the machine gives: the store, the folder, the disk, the clock, the port, the certificate, fonts.

#include <cstdlib>
#include <filesystem>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include "app/doctor/check.h"
#include "net/client.h"
#include "store/upgrade.h"

namespace doorstep::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t mebibyte = 1U << 20U;
constexpr std::uintmax_t too_little = 256 * mebibyte;
constexpr std::uintmax_t little = 2048 * mebibyte;
/// A certificate is renewed before this many days are left.
constexpr int certificate_days = 14;

Finding check_store(const Examined& examined) {
  if (examined.store == nullptr) {
    return {Health::note, "store.none", "no installation in the data directory yet",
            "start `doorstep serve` and open the set-up link"};
  }
  store::Options options;
  options.data_directory = examined.options.data_directory;
  options.database = examined.options.database;
  const auto standing = store::standing_migration(options);
  const std::int64_t known = std::ssize(store::migrations());
  const std::string words = fmt::format("{} answers, at migration {} of {}",
                                        examined.store->engine(), standing.value_or(0), known);
  if (!standing || *standing > known) {
    return {Health::bad, "store.migration", words + ": this program is older than the store",
            "start the newer program, or `doorstep rollback`"};
  }
  if (*standing < known) {
    return {Health::note, "store.waits", words,
            "`doorstep upgrade --dry-run` tries it on a copy; the next start does it"};
  }
  return {Health::good, "store.answers", words};
}

Finding check_folder(const std::string& folder) {
  fs::path there = fs::absolute(folder);
  while (!fs::exists(there) && there.has_parent_path()) there = there.parent_path();
  if (::access(there.c_str(), W_OK | X_OK) != 0) {
    return {Health::bad, "data.read_only", there.string() + " cannot be written to",
            "run it as the account of the service, or give it the folder"};
  }
  return {Health::good, "data.writable", there.string() + " can be written to"};
}

Finding check_disk(const std::string& folder) {
  fs::path there = fs::absolute(folder);
  while (!fs::exists(there) && there.has_parent_path()) there = there.parent_path();
  const std::uintmax_t free = fs::space(there).available;
  const std::string words = fmt::format("{} MiB of the disk are free", free / mebibyte);
  if (free < too_little) {
    return {Health::bad, "disk.full", words, "make room: nothing can be saved soon"};
  }
  if (free < little) return {Health::note, "disk.little", words, "make room before an upgrade"};
  return {Health::good, "disk.free", words};
}

/// A clock that nothing sets is held against the newest entry of the journal by the server itself (N8).
Finding check_clock() {
  timex state{};
  const int result = adjtimex(&state);
  const std::string words = to_text(SystemClock().now()) + " by this machine's clock";
  if (result < 0 || (state.status & STA_UNSYNC) != 0) {
    return {Health::note, "clock.alone", words + ", which nothing keeps right",
            "compare it with a phone"};
  }
  return {Health::good, "clock.kept", words + ", kept right by the network"};
}

Finding check_fonts() {
  for (const char* folder : {"/usr/share/fonts", "/usr/local/share/fonts"}) {
    if (!fs::exists(folder)) continue;
    for (const auto& one : fs::recursive_directory_iterator(folder)) {
      const std::string name = one.path().filename().string();
      if (name.find("CJK") != std::string::npos || name.starts_with("wqy")) {
        return {Health::good, "font.there", "Chinese prints from this machine with " + name};
      }
    }
  }
  return {Health::note, "font.none", "no Chinese font: a browser on this machine prints boxes",
          "apt install fonts-noto-cjk, or print from another machine"};
}

bool can_listen(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return false;
  const int number = socket(found->ai_family, SOCK_STREAM, 0);
  const int yes = 1;
  setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const bool bound = bind(number, found->ai_addr, found->ai_addrlen) == 0;
  close(number);
  freeaddrinfo(found);
  return bound;
}

Finding check_port(const Examined& examined) {
  api::Request probe;
  probe.path = "/healthz";
  if (net::Client::local(examined.options.data_directory + "/control.sock").call(probe).ok()) {
    return {Health::good, "server.runs", "the server of this folder runs"};
  }
  const auto colon = examined.listen.rfind(':');
  const std::string host = examined.listen.substr(0, colon);
  if (colon != std::string::npos && can_listen(host, examined.listen.substr(colon + 1))) {
    return {Health::good, "port.free", examined.listen + " is free"};
  }
  return {Health::bad, "port.taken", examined.listen + " cannot be listened on",
          "another program has it, or it is no address of this machine: --listen"};
}

Finding check_certificate(const std::string& file) {
  if (file.empty()) return {Health::note, "certificate.none", "no certificate: plain http"};
  std::FILE* in = std::fopen(file.c_str(), "r");
  X509* certificate = in == nullptr ? nullptr : PEM_read_X509(in, nullptr, nullptr, nullptr);
  if (in != nullptr) std::fclose(in);
  if (certificate == nullptr) {
    return {Health::bad, "certificate.unreadable", file + " is no certificate that can be read",
            "look at --tls-certificate and who may read the file"};
  }
  int days = 0;
  int seconds = 0;
  const bool read = ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(certificate)) == 1;
  X509_free(certificate);
  const std::string words = fmt::format("the certificate is good for {} days more", days);
  if (!read || days < 0 || seconds < 0) {
    return {Health::bad, "certificate.expired", "the certificate has expired", "renew it"};
  }
  if (days < certificate_days) return {Health::bad, "certificate.soon", words, "renew it"};
  return {Health::good, "certificate.good", words};
}

}  // namespace

std::vector<Finding> check_machine(const Examined& examined) {
  const std::string& folder = examined.options.data_directory;
  return {check_store(examined), check_folder(folder), check_disk(folder),
          check_clock(),         check_port(examined), check_certificate(examined.certificate),
          check_fonts()};
}

}  // namespace doorstep::app
