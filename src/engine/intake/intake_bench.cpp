/// \file `bench_intake DEV.jsonl`: time per message, a relay of 1,000 rows, 1 MB of text.

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "base/rng.h"
#include "engine/intake/intake.h"

namespace {

using doorstep::intake::Parser;
/// Time of this thread on the processor: neighbours on a shared machine do not count.
struct Clock {
  using time_point = double;
  static time_point now() {
    timespec at{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) * 1e6 + static_cast<double>(at.tv_nsec) / 1e3;
  }
};

double micros(Clock::time_point from) {
  return Clock::now() - from;
}

/// The "text" members of the lines, by hand: no JSON library in this layer.
std::vector<std::string> texts_of(const char* file) {
  std::vector<std::string> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t at = line.find("\"text\": \"");
    if (at == std::string::npos) continue;
    std::string text;
    for (std::size_t i = at + 9; i < line.size() && line[i] != '"'; ++i) {
      if (line[i] == '\\') ++i;
      text += line[i] == 'n' && line[i - 1] == '\\' ? '\n' : line[i];
    }
    out.push_back(text);
  }
  return out;
}

std::string relay(int rows) {
  static const char* goods[] = {"鸡蛋一板 牛奶两箱", "土豆3斤,西红柿2斤", "蔬菜包1份",
                                "大米10斤装一袋 盐2包"};
  std::string text = "#接龙\n今日团购接龙\n";
  for (int i = 1; i <= rows; ++i) {
    text += std::to_string(i) + ". " + std::to_string(1 + i % 20) + "栋" +
            std::to_string(1 + i % 3) + "单元" + std::to_string(101 + i % 900) + " 张阿姨 " +
            goods[i % 4] + "\n";
  }
  return text;
}

std::string noise(std::size_t bytes) {
  doorstep::SeededRng rng{7};
  std::string text;
  while (text.size() < bytes) {
    const auto point = static_cast<unsigned>(0x4E00 + rng.below(0x5000));
    text += static_cast<char>(0xE0U | (point >> 12U));
    text += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (point & 0x3FU));
  }
  return text;
}

double best_of(int runs, const Parser& parser, const std::string& text) {
  double best = 1e18;
  for (int i = 0; i < runs; ++i) {
    const auto start = Clock::now();
    static_cast<void>(parser.parse(text));
    best = std::min(best, micros(start));
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  const auto start = Clock::now();
  const Parser parser;
  static_cast<void>(parser.parse("土逗2斤"));
  std::printf("start (lexicon and first message)  %8.1f ms\n", micros(start) / 1000);
  if (argc > 1) {
    const std::vector<std::string> texts = texts_of(argv[1]);
    std::vector<double> times;
    for (const std::string& text : texts) times.push_back(best_of(20, parser, text));
    std::sort(times.begin(), times.end());
    std::printf("messages %zu: median              %8.1f us\n", times.size(),
                times[times.size() / 2]);
    std::printf("              p95                  %8.1f us\n", times[times.size() * 95 / 100]);
    std::printf("              slowest              %8.1f us\n", times.back());
  }
  std::printf("relay of 1,000 rows                %8.1f ms\n",
              best_of(7, parser, relay(1000)) / 1000);
  std::string flowing;
  while (flowing.size() < (1U << 20U)) flowing += "我是3栋502的,麻烦带土豆2斤青椒1斤,谢谢。";
  std::printf("1 MB of orders                     %8.1f ms\n", best_of(3, parser, flowing) / 1000);
  std::printf("1 MB of random Han                 %8.1f ms\n",
              best_of(3, parser, noise(1U << 20U)) / 1000);
  std::printf("1 MB of one character              %8.1f ms\n",
              best_of(3, parser,
                      [] {
                        std::string text;
                        while (text.size() < (1U << 20U)) text += "村";
                        return text;
                      }()) /
                  1000);
  std::printf("1 MB of digits                     %8.1f ms\n",
              best_of(3, parser, std::string(1U << 20U, '3')) / 1000);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("peak memory                        %8.1f MB\n",
              static_cast<double>(usage.ru_maxrss) / 1024);
  return 0;
}
