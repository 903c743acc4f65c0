#pragma once
/// \file From the message that Beast has parsed to an Inbound, or to the reason why not.

#include <optional>

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>

#include "base/result.h"
#include "net/wire.h"

namespace doorstep::net {

using Message = boost::beast::http::request<boost::beast::http::string_body>;

[[nodiscard]] Verb verb_of(const Message& message);

/// Takes the body out of `message`. `behind_proxy`: believe X-Forwarded-For and -Proto of a peer on
/// this machine. Errors: invalid "http.bad_request" for a target that decode_target() refuses, a
/// missing or doubled Host.
[[nodiscard]] Result<Inbound> to_inbound(Message& message, const Origin& origin, bool behind_proxy);

/// What to answer when reading failed, or none where nobody listens any more. `timed_out`: because
/// a deadline passed.
[[nodiscard]] std::optional<Outbound> refusal(const boost::system::error_code& error,
                                              bool timed_out);

}  // namespace doorstep::net
