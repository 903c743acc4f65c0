#pragma once
/// \file TLS for the listener: 1.2 and later, forward secrecy only.

#include <string>

#include <boost/asio/ssl/context.hpp>

#include "base/result.h"

namespace doorstep::net {

/// Errors: invalid "net.certificate" when a file cannot be read or key and certificate do not
/// belong together.
[[nodiscard]] Result<void> load_certificate(boost::asio::ssl::context& context,
                                            const std::string& certificate, const std::string& key);

}  // namespace doorstep::net
