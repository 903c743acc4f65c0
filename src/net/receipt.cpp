#include "net/receipt.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "net/decode.h"

namespace doorstep::net {
namespace {

struct Words {
  std::string_view language;
  std::string_view title;  ///< Neutral: somebody may look over the shoulder.
  std::string_view received;
  std::string_view at;
  std::string_view fine;
  std::string_view unwell;
  std::string_view will_call;
  std::string_view not_received;
  std::string_view link_ended;
  std::string_view outside_period;
  std::string_view busy;
  std::string_view other;
  std::string_view call_community;
  std::string_view duty;
  std::string_view emergency;
  std::string_view again;
  std::string_view back;
};

constexpr std::array<Words, 3> all_words{{
    {"zh-CN", "今日", "已收到", "收到时间", "您报告了：我很好。", "您报告了：我不舒服。",
     "社区会给您打电话，请留意来电。", "没有收到", "这个链接已停用。请向社区工作人员要一个新链接。",
     "现在没有需要报告的观察期。", "系统正忙，您的报告还没有保存。请稍后再按一次。",
     "您的报告没有保存。", "如果再试还是不行，请打电话给社区。", "社区值班", "紧急情况", "再试一次",
     "返回"},
    {"zh-TW", "今日", "已收到", "收到時間", "您回報了：我很好。", "您回報了：我不舒服。",
     "社區會打電話給您，請留意來電。", "沒有收到", "這個連結已停用。請向社區工作人員索取新連結。",
     "現在沒有需要回報的觀察期。", "系統忙碌中，您的回報尚未儲存。請稍後再按一次。",
     "您的回報沒有儲存。", "如果再試仍不行，請打電話給社區。", "社區值班", "緊急情況", "再試一次",
     "返回"},
    {"en", "Today", "Received", "Received at", "You reported: I am fine.",
     "You reported: I am unwell.", "Your community will call you. Please keep your phone near.",
     "Not received", "This link has ended. Please ask your community worker for a new one.",
     "There is no observation period to report for now.",
     "The system is busy and your report was not saved. Please press again in a moment.",
     "Your report was not saved.", "If it fails again, please telephone your community.",
     "Community on duty", "Emergency", "Try again", "Back"},
}};

const Words& words_of(std::string_view language) {
  const auto* found = std::ranges::find(all_words, language, &Words::language);
  return found == all_words.end() ? all_words.front() : *found;
}

/// The string member `name` of a JSON object; empty where there is none.
std::string member(const boost::json::object& object, std::string_view name) {
  const boost::json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  return std::string(value->get_string());
}

boost::json::object parsed(const std::string& body) {
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(body, error);
  return error || !value.is_object() ? boost::json::object{} : value.get_object();
}

std::string local_time(const std::string& instant, const std::string& zone_name) {
  const std::optional<Instant> at = instant_from_text(instant);
  const Result<Zone> zone = Zone::named(zone_name);
  if (!at || !zone) return {};
  const auto minutes = std::chrono::floor<std::chrono::minutes>(zone->time_of_day(*at)).count();
  return fmt::format("{} {:02}:{:02}", to_text(zone->day_of(*at)), minutes / 60, minutes % 60);
}

void telephone(std::string& out, std::string_view label, const std::string& number) {
  if (number.empty()) return;
  std::string dialled;
  std::ranges::copy_if(number, std::back_inserter(dialled),
                       [](char c) { return (c >= '0' && c <= '9') || c == '+'; });
  fmt::format_to(std::back_inserter(out), "<p>{} <a href=\"tel:{}\">{}</a></p>\n", label, dialled,
                 escape_html(number));
}

std::string_view plain_words(const Words& words, const std::string& code, int status) {
  if (code.starts_with("link.") || status == 401) return words.link_ended;
  if (code == "check_in.outside_period") return words.outside_period;
  if (status == 429 || status >= 500) return words.busy;
  return words.other;
}

std::string good_news(const Words& words, const Report& report, const boost::json::object& answer,
                      const std::string& zone) {
  const std::string named = member(answer, "zone");
  const std::string at = local_time(member(answer, "received_at"), named.empty() ? zone : named);
  const bool unwell = report.wellbeing == "unwell";
  std::string out =
      fmt::format("<h1>{}</h1>\n<p>{}</p>\n", words.received, unwell ? words.unwell : words.fine);
  if (!at.empty()) out += fmt::format("<p>{} <time>{}</time></p>\n", words.at, at);
  const boost::json::value* call_back = answer.if_contains("call_back");
  if (unwell || (call_back != nullptr && call_back->is_bool() && call_back->get_bool())) {
    out += fmt::format("<p>{}</p>\n", words.will_call);
  }
  return out;
}

std::string bad_news(const Words& words, const Report& report, const boost::json::object& answer,
                     int status) {
  const std::string code = member(answer, "code");
  const bool passing = status == 429 || status >= 500;
  std::string out = fmt::format("<h1>{}</h1>\n<p>{}</p>\n<p>{}</p>\n", words.not_received,
                                plain_words(words, code, status), words.call_community);
  if (!passing) return out;
  // The same key: if it was saved after all, it is not saved twice.
  out += fmt::format(
      "<form method=\"post\" action=\"/r/{}/check-in?lang={}\">"
      "<input type=\"hidden\" name=\"key\" value=\"{}\">"
      "<input type=\"hidden\" name=\"wellbeing\" value=\"{}\">"
      "<button>{}</button></form>\n",
      escape_html(report.token), report.language, escape_html(report.key),
      escape_html(report.wellbeing), words.again);
  return out;
}

}  // namespace

Outbound receipt_page(const Report& report, const api::Response& response,
                      const std::string& zone) {
  const Words& words = words_of(report.language);
  const boost::json::object answer = parsed(response.body);
  const bool good = response.status >= 200 && response.status < 300;
  std::string phones;
  if (const boost::json::value* contact = answer.if_contains("contact");
      contact != nullptr && contact->is_object()) {
    telephone(phones, words.duty, member(contact->get_object(), "phone"));
  }
  telephone(phones, words.duty, member(answer, "duty_phone"));
  const std::string emergency = member(answer, "emergency_phone");
  telephone(phones, words.emergency, emergency.empty() && !good ? "120" : emergency);

  Outbound page;
  page.status = response.status;
  page.media_type = "text/html; charset=utf-8";
  page.body = fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<link rel=\"stylesheet\" href=\"{}\">\n<main>\n{}{}"
      "<p><a href=\"/r/{}?lang={}\">{}</a></p>\n</main>\n</html>\n",
      words.language, words.title, receipt_style_path,
      good ? good_news(words, report, answer, zone)
           : bad_news(words, report, answer, response.status),
      phones, escape_html(report.token), words.language, words.back);
  if (response.retry_after_seconds > 0) {
    page.headers.emplace_back("Retry-After", std::to_string(response.retry_after_seconds));
  }
  return page;
}

Outbound receipt_style() {
  Outbound answer;
  answer.media_type = "text/css; charset=utf-8";
  answer.cache = "public, max-age=3600";
  answer.fixed =
      ":root{color-scheme:light dark}"
      "body{margin:0;font:1.25rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}"
      "main{max-width:32rem;margin:0 auto;padding:1.5rem}"
      "h1{font-size:2rem;margin:0 0 1rem}"
      "a,button{display:inline-block;min-height:3rem;line-height:3rem}"
      "button{width:100%;font:inherit;min-height:4rem}";
  return answer;
}

}  // namespace doorstep::net
