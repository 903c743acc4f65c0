#include "drill/seams.h"

#include "store/engines.h"

namespace doorstep::drill {
namespace {

/// A log that is folded in sooner: at a power cut the files are copied as they are, log and all.
constexpr std::int64_t checkpoint_pages = 500;

/// The power went, as planned: no error of the program's, so that it is none in its log.
struct Died : std::exception {};

class SeamTransaction final : public store::Transaction {
 public:
  SeamTransaction(store::Transaction& inner, const Tampering& tampering,
                  const std::function<void()>& dying)
      : inner_(inner), tampering_(tampering), dying_(dying) {}

  void journal(store::Entry entry) override {
    if (tampering_.journal && !tampering_.journal(entry)) return;
    inner_.journal(std::move(entry));
  }

 protected:
  void execute(std::string_view sql, const store::Values& values, const Sink& sink,
               Fetch /*fetch*/) override {
    inner_.each(sql, values, [&](const store::Row& row) { return sink(store::Row(row)); });
  }
  std::int64_t change(std::string_view sql, const store::Values& values) override {
    if (dying_ && ++changes_ == 2) {
      dying_();
      throw Died();
    }
    if (!tampering_.run) return inner_.run(sql, values);
    store::Values changed = values;
    std::string_view text = sql;
    if (const auto said = tampering_.run(text, changed)) return *said;
    return inner_.run(text, changed);
  }

 private:
  store::Transaction& inner_;
  const Tampering& tampering_;
  const std::function<void()>& dying_;
  int changes_ = 0;
};

}  // namespace

void SeamStore::open(const store::Options& options, const Tampering* tampering) {
  tampering_ = tampering;
  store::Seams seams;
  seams.checkpoint_pages = checkpoint_pages;
  inner_ = store::open_sqlite(options, seams);
}

void SeamStore::write(std::function<store::Outcome(store::Transaction&)> work,
                      std::function<void(store::Outcome)> done) {
  if (!dying_ && !tampering_->run && !tampering_->journal) {
    inner_->write(std::move(work), std::move(done));
    return;
  }
  inner_->write(
      [this, work = std::move(work)](store::Transaction& tx) -> store::Outcome {
        SeamTransaction seam(tx, *tampering_, dying_);
        try {
          return work(seam);
        } catch (const Died&) {
          return Error{ErrorKind::conflict, "drill.power"};
        }
      },
      std::move(done));
}

}  // namespace doorstep::drill
