#pragma once
/// \file DemoDesk: requests of those who fill a demo, through the same endpoints that people use.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <boost/json.hpp>

#include "app/installation.h"

namespace doorstep::app {

/// How a request is named. `once`: by what it says, so that a filling that was broken off is begun
/// again from the start and what was done answers as it did.
enum class DemoKeys : std::uint8_t { fresh, once };

/// Who asks: the operator, or whoever the token is of.
struct DemoVoice {
  std::string session = {};
  std::string link = {};
  std::string step = {};  ///< Tells requests apart that say the same.
};

/// A call on the house; an answer over 299 becomes its Error.
class DemoDesk {
 public:
  explicit DemoDesk(Installation& house, DemoKeys keys = DemoKeys::fresh)
      : DemoDesk(house, house.service(), keys) {}
  /// By another service on the same store: one whose clock shows another time.
  DemoDesk(Installation& house, api::Service& service, DemoKeys keys)
      : house_(&house), service_(&service), keys_(keys) {}

  Result<boost::json::object> get(const std::string& path, const std::string& query = {}) {
    return send(api::Method::get, path, query, {}, {});
  }
  Result<boost::json::object> post(const std::string& path, const boost::json::object& body,
                                   const DemoVoice& voice = {}) {
    return send(api::Method::post, path, {}, boost::json::serialize(body), voice);
  }
  /// Errors: unavailable "demo.answer" (no JSON), conflict with the code that the house answered; the hint is
  /// the path.
  Result<boost::json::object> send(api::Method method, const std::string& path,
                                   const std::string& query, const std::string& body,
                                   const DemoVoice& voice);

  /// Sends without waiting, at the time that the clock shows now: what is under way together shares a commit.
  void later(const std::string& path, const boost::json::object& body, const DemoVoice& voice = {});
  /// Waits for what later() sent. Errors: the first of theirs, as of send().
  Result<void> settle();

 private:
  struct UnderWay {
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t count = 0;
    std::optional<Error> failed;
  };

  [[nodiscard]] api::Request request_of(api::Method method, const std::string& path,
                                        const std::string& query, const std::string& body,
                                        const DemoVoice& voice) const;

  Installation* house_;
  api::Service* service_;
  DemoKeys keys_;
  std::shared_ptr<UnderWay> under_way_ = std::make_shared<UnderWay>();
};

/// The member `name` as text; empty where there is none.
[[nodiscard]] std::string text_of(const boost::json::object& object, std::string_view name);

}  // namespace doorstep::app
