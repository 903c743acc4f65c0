#pragma once
/// \file XML files inside a ZIP archive that somebody sent, read as a stream under limits: what an
/// office program writes. Nothing is unpacked to disk, no entity is followed.
///
/// Source of the limits: an archive of 600 kB can hold 300 MB.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace doorstep {

struct ArchiveLimits {
  std::size_t unpacked_max = std::size_t{256} << 20U;  ///< Bytes, all that is read taken together.
  std::size_t ratio_max = 100;                         ///< Unpacked to packed.
};

/// Name and value, both without the prefix of a namespace.
using XmlAttributes = std::span<const std::pair<std::string_view, std::string_view>>;

/// What is told of a file while it is read; names come without the prefix of their namespace.
class XmlReader {
 public:
  XmlReader() = default;
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;
  virtual ~XmlReader() = default;
  virtual void begin(std::string_view element, XmlAttributes attributes) = 0;
  virtual void end(std::string_view element) = 0;
  /// A piece of the text; one text may come in several.
  virtual void text(std::string_view piece) = 0;
  /// False ends the reading early, without a fault.
  [[nodiscard]] virtual bool wants_more() const { return true; }
};

class XmlArchive {
 public:
  /// Requires that `bytes` outlives it. Errors: invalid "archive.damaged" (no ZIP archive, or cut
  /// off).
  static Result<XmlArchive> open(std::string_view bytes, ArchiveLimits limits = {});

  [[nodiscard]] bool holds(const std::string& name) const;

  /// Errors: not_found "archive.no_part"; invalid "archive.damaged" (not XML, or a wrong checksum),
  /// "archive.locked" (encrypted), "archive.entities" (declares a document type);
  /// too_large "archive.too_much" (over a limit).
  Result<void> read(const std::string& name, XmlReader& reader);

 private:
  struct Closer {
    void operator()(void* archive) const;
  };
  explicit XmlArchive(void* archive, std::size_t packed, ArchiveLimits limits)
      : archive_(archive), packed_(packed), limits_(limits) {}

  std::unique_ptr<void, Closer> archive_;
  std::size_t packed_;
  ArchiveLimits limits_;
  std::size_t unpacked_ = 0;
};

}  // namespace doorstep
