#include "app/demo_desk.h"

#include "base/bytes.h"

namespace doorstep::app {

namespace json = boost::json;

Result<json::object> DemoDesk::send(api::Method method, const std::string& path,
                                    const std::string& query, const std::string& body,
                                    const DemoVoice& voice) {
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
          : to_hex(blake2b("demo\n" + voice.step + path + '\n' + query + '\n' + body)).substr(0, 64);
  const api::Response answer = service_->call(request);
  if (answer.body.empty() && answer.status < 300) return json::object{};
  boost::system::error_code failed;
  json::value parsed = json::parse(answer.body, failed);
  if (failed || !parsed.is_object()) return Error{ErrorKind::unavailable, "demo.answer", path};
  json::object object = std::move(parsed.get_object());
  if (answer.status < 300) return object;
  return Error{ErrorKind::conflict, text_of(object, "code"), path};
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* found = object.if_contains(name);
  return found && found->is_string() ? std::string(found->get_string()) : std::string{};
}

}  // namespace doorstep::app
