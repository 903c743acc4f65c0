#include "app/demo_desk.h"

#include <utility>

#include "base/bytes.h"

namespace doorstep::app {

namespace json = boost::json;

namespace {

/// So many are under way at most: enough for a commit to be shared, few enough to hold in mind.
constexpr std::size_t under_way_max = 64;

Result<json::object> answer_of(const api::Response& answer, const std::string& path) {
  if (answer.body.empty() && answer.status < 300) return json::object{};
  boost::system::error_code failed;
  json::value parsed = json::parse(answer.body, failed);
  if (failed || !parsed.is_object()) return Error{ErrorKind::unavailable, "demo.answer", path};
  json::object object = std::move(parsed.get_object());
  if (answer.status < 300) return object;
  return Error{ErrorKind::conflict, text_of(object, "code"), path};
}

}  // namespace

api::Request DemoDesk::request_of(api::Method method, const std::string& path,
                                  const std::string& query, const std::string& body,
                                  const DemoVoice& voice) const {
  const bool operators = voice.session.empty() && voice.link.empty();
  api::Request request;
  request.method = method;
  request.path = path;
  request.query = query;
  request.body = body;
  request.session = voice.session;
  request.link = voice.link;
  request.channel = operators ? api::Channel::control : api::Channel::network;
  request.same_site = true;
  request.idempotency_key =
      keys_ == DemoKeys::fresh
          ? new_request_key(house_->rng(), house_->clock().now())
          : to_hex(blake2b("demo\n" + voice.step + path + '\n' + query + '\n' + body))
                .substr(0, 64);
  return request;
}

Result<json::object> DemoDesk::send(api::Method method, const std::string& path,
                                    const std::string& query, const std::string& body,
                                    const DemoVoice& voice) {
  return answer_of(service_->call(request_of(method, path, query, body, voice)), path);
}

void DemoDesk::later(const std::string& path, const json::object& body, const DemoVoice& voice) {
  {
    std::unique_lock lock(under_way_->mutex);
    under_way_->changed.wait(lock, [&] { return under_way_->count < under_way_max; });
    ++under_way_->count;
  }
  const auto said = [here = under_way_, path](const api::Response& response) {
    const auto answer = answer_of(response, path);
    const std::lock_guard lock(here->mutex);
    if (!answer.ok() && !here->failed) here->failed = answer.error();
    --here->count;
    here->changed.notify_all();
  };
  service_->handle(request_of(api::Method::post, path, {}, json::serialize(body), voice), said);
}

Result<void> DemoDesk::settle() {
  std::unique_lock lock(under_way_->mutex);
  under_way_->changed.wait(lock, [&] { return under_way_->count == 0; });
  if (under_way_->failed) return *std::exchange(under_way_->failed, std::nullopt);
  return {};
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* found = object.if_contains(name);
  return found && found->is_string() ? std::string(found->get_string()) : std::string{};
}

}  // namespace doorstep::app
