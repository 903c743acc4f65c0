#pragma once
/// \file House with a registry in it, for tests: places by their names, and imports to the end.

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "api/testing.h"
#include "base/embedded.h"
#include "care/registry/import_batch.h"

namespace doorstep::registry {

class RegistryHouse : public api::House {
 protected:
  /// Carries out every job that waits.
  void work() { store::JobRunner(store(), clock(), import_jobs(store(), rng_)).drain(); }

  /// Uploads a file and has it read; the batch's id.
  std::string read_file(std::string_view kind, std::string_view bytes) {
    const auto answer =
        upload(api::at_the_shell, "/api/v1/imports?kind=" + std::string(kind), bytes);
    EXPECT_EQ(answer.status, 200) << answer.body;
    work();
    return api::member(answer, "id");
  }

  api::Response show(const std::string& batch) {
    return get(api::at_the_shell, "/api/v1/imports/" + batch);
  }

  /// POST /imports/{batch}/{verb}, and its job to the end.
  api::Response tell(const std::string& batch, std::string_view verb) {
    auto answer = post(api::at_the_shell, "/api/v1/imports/" + batch + '/' + std::string(verb));
    work();
    return answer;
  }

  /// A POST of the operator that is carried out.
  api::Response change(const std::string& path, std::string_view json = "{}") {
    const auto answer = post(api::at_the_shell, path, json);
    EXPECT_EQ(answer.status, 200) << path << answer.body;
    return answer;
  }

  /// Reads and applies a file.
  std::string import_file(std::string_view kind, std::string_view bytes) {
    const std::string batch = read_file(kind, bytes);
    EXPECT_EQ(tell(batch, "apply").status, 200);
    return batch;
  }

  void import_fumin() {
    import_file("dwellings", embedded("demo/fumin-dwellings.csv"));
    import_file("residents", embedded("demo/fumin-residents.csv"));
  }

  std::string add_place(std::string_view kind, std::string_view name,
                        std::string_view parent = {}) {
    const std::string below = parent.empty() ? "" : ",\"parent\":\"" + std::string(parent) + '"';
    return api::member(post(api::at_the_shell, "/api/v1/places",
                            "{\"kind\":\"" + std::string(kind) + "\",\"name\":\"" +
                                std::string(name) + '"' + below + '}'),
                       "id");
  }

  /// The one place with this name and kind.
  std::string place(std::string_view kind, std::string_view name) {
    return id_text(count("SELECT id FROM place WHERE kind = '" + std::string(kind) +
                         "' AND name = '" + std::string(name) + "'"));
  }

  /// The path of the one place with this name and kind.
  std::string path_of_place(std::string_view kind, std::string_view name) {
    std::string path;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      path =
          db.first("SELECT path FROM place WHERE kind = $1 AND name = $2", {kind, name})->text(0);
      return store::Answer{};
    });
    return path;
  }

 private:
  SystemRng rng_;
};

}  // namespace doorstep::registry
