#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

#include "access/accounts.h"
#include "access/secrets.h"
#include "api/demo.h"
#include "app/demo.h"
#include "base/log.h"
#include "drill/run.h"
#include "store/backup.h"
#include "store/sealed_stream.h"

namespace doorstep::app {

namespace {

namespace fs = std::filesystem;
using std::chrono::days;

/// Whole days behind the demo's morning; today, and tomorrow for the shifts that begin then.
constexpr int days_before = 10;
constexpr int days_in_all = days_before + 2;
/// After the last household came home the community is at its busiest.
constexpr days after_the_last{7};

/// The preset as if its busiest day were `today`.
drill::Preset moved_to(const drill::Preset& preset, Day today) {
  drill::Preset moved = preset;
  Day last_start = moved.cohorts.front().start;
  for (const drill::Cohort& one : moved.cohorts) last_start = std::max(last_start, one.start);
  const days shift = today - std::min(last_start + after_the_last, preset.last_day - days{1});
  for (drill::Cohort& one : moved.cohorts) one.start += shift;
  moved.last_day = today + days{1};
  return moved;
}

/// In a community that was played the staff are numbers: they get names, and the demo its manager.
Result<void> name_people(const std::string& folder, const Clock& clock, Rng& rng,
                         std::int64_t community) {
  constexpr std::array names{"周敏", "孙丽",   "徐涛",   "赵刚", "王敏",   "李玉梅", "何平",
                             "陈晓", "刘芳",   "吴静",   "郑磊", "冯娟",   "蒋勇",   "沈洋",
                             "韩霞", "杨桂英", "朱建国", "秦艳", "许志强", "吕明",   "施超"};
  store::Options options;
  options.data_directory = folder;
  options.inline_writes = true;
  options.clock = &clock;
  options.rng = &rng;
  const auto store = store::Store::open(options);
  IdSource ids(rng);
  const std::string hash = access::hash_password(api::demo_password);
  const auto outcome = store->write_now([&](store::Transaction& tx) -> store::Outcome {
    std::size_t number = 0;
    for (const store::Row& row : tx.query("SELECT id FROM account ORDER BY id", {})) {
      tx.run("UPDATE account SET name = $2, demo = TRUE WHERE id = $1",
             {row.integer(0), names[number++ % names.size()]});
    }
    const Id<access::Community> id{community};
    const Instant now = clock.now();
    TRY(add_demo_manager(tx, ids, now, now, id, hash));
    note_demo_filled(tx, id);
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  return {};
}

/// Whether what was played is in the database already: it was marked there before the data directory had anything.
bool is_put(const InstallationOptions& options) {
  return !options.database.empty() && fs::exists(options.data_directory + "/keys");
}

/// The rows of `folder` into the database, which nothing is in yet, and its secrets into the data directory.
void put_into_database(const std::string& folder, const InstallationOptions& options,
                       const Clock& clock, Rng& rng) {
  store::Options source;
  source.data_directory = folder;
  source.clock = &clock;
  source.rng = &rng;
  store::Options target = source;
  target.data_directory = options.data_directory;
  target.database = options.database;
  target.inline_writes = true;
  const store::BackupTarget sealed{store::make_backup_key().open,
                                   rng.bytes(store::stream_key_size)};
  std::stringstream rows;
  const store::BackupProgress quietly = [](std::string_view, std::int64_t) {};
  store::write_backup(source, sealed, rows, quietly);
  store::BackupSummary summary;
  const auto put = store::restore_backup(rows, {{}, sealed.stream_key}, target, summary, quietly);
  // Nothing was lost on the way, so nothing has to be looked through.
  (void)put->write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("DELETE FROM outgoing_hold", {});
    return store::Answer{};
  });
}

}  // namespace

std::vector<std::string> demo_presets() {
  std::vector<std::string> names = filled_presets();
  for (const drill::Preset& one : drill::presets()) {
    if (std::ranges::find(names, one.name) == names.end()) names.emplace_back(one.name);
  }
  return names;
}

Result<void> play_demo(const InstallationOptions& options, const std::string& preset) {
  const auto filled = filled_presets();
  if (std::ranges::find(filled, preset) != filled.end()) return {};
  if (fs::exists(options.data_directory + "/doorstep.db") || is_put(options)) return {};
  std::error_code none;
  if (fs::exists(options.data_directory) && !fs::is_empty(options.data_directory, none)) {
    return Error{ErrorKind::conflict, "demo.directory", options.data_directory};
  }
  const auto clock = TRY(make_clock(options));
  const Instant now = clock->now();
  const Zone zone = TRY(Zone::named("Asia/Shanghai"));
  const drill::Preset moved = moved_to(*drill::find_preset(preset), zone.day_of(now));
  log::info("playing {} days of {}", days_before, preset);
  // Beside the data directory, which is there once the days have been played to their end.
  const std::string stage = options.data_directory + ".playing";
  fs::remove_all(stage);
  fs::create_directories(stage);
  SystemRng rng;
  drill::WorldOptions world_options;
  world_options.phones = true;
  world_options.seed = rng.below(UINT64_MAX);  // The keys of this store are nobody else's.
  const drill::World world = drill::build_world(moved, days_in_all, stage, world_options);
  drill::Options play;
  play.seed = world_options.seed;
  play.faults = *drill::Faults::parse("forget,evade,refuse,phoneless,unwell,move,late,ill");
  play.until = now;
  play.keep_in = stage + "/played";
  (void)drill::run(world, play, stage);
  TRY(name_people(play.keep_in, *clock, rng, world.community));
  if (options.database.empty()) {
    fs::rename(play.keep_in, options.data_directory);
  } else {
    put_into_database(play.keep_in, options, *clock, rng);
  }
  fs::remove_all(stage);
  return {};
}

}  // namespace doorstep::app
