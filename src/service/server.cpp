#include "service/server.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <thread>
#include <utility>

#include <Poco/DeflatingStream.h>
#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerConnection.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>

#include "service/gate.h"
#include "service/watch.h"

namespace huice::service {
namespace {

namespace net = Poco::Net;

constexpr std::size_t kGzipFrom = 1'024;  ///< bytes; smaller answers are not worth it
constexpr int kGzipLevel = 1;             ///< speed: answers are sent once
constexpr std::chrono::seconds kKeepAlive{30};
constexpr std::chrono::seconds kLinger{10};  ///< for what a refused client still sends
constexpr std::size_t kMostLingered = std::size_t{256} << 20;  ///< bytes

/// What connections need of the server they belong to.
struct Shared {
  Site& site;
  Router router;
  Watch watch;
  std::atomic<bool> stopping = false;
  std::atomic<int> at_work = 0;
  bool secure = false;

  Shared(Site& its_site, Router its_router)
      : site(its_site),
        router(std::move(its_router)),
        watch([&its_site] { its_site.metrics.cut_off(); }) {}

  Watch::Clock::time_point in(std::chrono::seconds time) const {
    return Watch::Clock::now() + time;
  }
  Watch::Clock::time_point header_deadline() const {
    return in(std::chrono::seconds(site.configuration.header_seconds));
  }
};

Error body_error(bool too_large, std::size_t limit) {
  if (too_large) {
    return {.code = ErrorCode::TooLarge,
            .id = "service.body-too-large",
            .message = "发来的内容超过 " + std::to_string(limit >> 20) + " MB",
            .hint = "分成几份，或请管理员放宽“上传上限MB”"};
  }
  return {.code = ErrorCode::Io,
          .id = "service.body",
          .message = "发来的内容不完整",
          .hint = "检查网络后再试"};
}

/// The body of a request, never more than `limit` bytes of it.
Result<std::string> read_body(net::HTTPServerRequest& request, std::size_t limit) {
  const auto declared = request.getContentLength64();
  if (declared != net::HTTPMessage::UNKNOWN_CONTENT_LENGTH &&
      static_cast<std::uint64_t>(declared) > limit) {
    return body_error(true, limit);
  }
  constexpr std::size_t kMostAtOnce = std::size_t{64} << 10;
  // One byte more than declared meets the end of the stream in the same read.
  const bool told = declared != net::HTTPMessage::UNKNOWN_CONTENT_LENGTH;
  const std::size_t step =
      told ? std::min(static_cast<std::size_t>(declared) + 1, kMostAtOnce) : kMostAtOnce;
  std::string bytes;
  std::istream& in = request.stream();
  while (in.good()) {
    const std::size_t had = bytes.size();
    bytes.resize(had + step);
    in.read(bytes.data() + had, static_cast<std::streamsize>(step));
    bytes.resize(had + static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > limit) return body_error(true, limit);
  }
  if (told && bytes.size() < static_cast<std::size_t>(declared)) return body_error(false, limit);
  return bytes;
}

Request request_from(net::HTTPServerRequest& request, const Shared& shared) {
  Request made;
  made.version = request.getVersion();
  made.method = request.getMethod();
  const std::string& uri = request.getURI();
  const std::size_t mark = std::min(uri.find('?'), uri.size());
  made.path = uri.substr(0, mark);
  if (mark < uri.size()) made.query = uri.substr(mark + 1);
  for (const auto& [name, value] : request) {
    std::string lower = name;
    std::ranges::transform(lower, lower.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    auto [had, is_new] = made.headers.try_emplace(std::move(lower), value);
    if (!is_new) had->second += ", " + value;  // one list, RFC 9110 5.3
  }
  made.address = request.clientAddress().host().toString();
  if (shared.site.configuration.behind_proxy) made.address = forwarded_address(made);
  made.secure = shared.secure;
  made.body = [&request](std::size_t limit) { return read_body(request, limit); };
  return made;
}

/// What every answer says to browsers: nothing from elsewhere, in no frame, no guessing of types.
void set_security(net::HTTPServerResponse& response, bool secure) {
  response.set(
      "Content-Security-Policy",
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
      "frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
      "frame-ancestors 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("X-Frame-Options", "DENY");
  response.set("Referrer-Policy", "no-referrer");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  response.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  if (secure) response.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

bool is_text(const std::string& type) {
  return type.find("json") != std::string::npos || type.starts_with("text/") ||
         type.starts_with("image/svg");
}

std::string gzipped(const std::string& body) {
  std::ostringstream out;
  Poco::DeflatingOutputStream gzip(out, Poco::DeflatingStreamBuf::STREAM_GZIP, kGzipLevel);
  gzip.write(body.data(), static_cast<std::streamsize>(body.size()));
  gzip.close();
  return out.str();
}

void send_whole(const Answer& answer, const Request& request, net::HTTPServerResponse& response) {
  const bool compress = answer.body.size() >= kGzipFrom && is_text(answer.type) &&
                        request.header("accept-encoding").find("gzip") != std::string::npos;
  std::string packed;
  if (compress) {
    packed = gzipped(answer.body);
    response.set("Content-Encoding", "gzip");
  }
  if (is_text(answer.type)) response.set("Vary", "Accept-Encoding");
  const std::string& body = compress ? packed : answer.body;
  if (answer.status != 204 && answer.status != 304) {
    response.setContentLength64(static_cast<Poco::Int64>(body.size()));
  }
  std::ostream& out = response.send();
  if (request.method != "HEAD") out.write(body.data(), static_cast<std::streamsize>(body.size()));
  out.flush();
  if (!out) response.setKeepAlive(false);  // it does not read; its next request need not be heard
}

class Handling : public net::HTTPRequestHandler {
 public:
  Handling(Shared& shared, net::StreamSocket socket)
      : shared_(shared), socket_(std::move(socket)) {}

  void handleRequest(net::HTTPServerRequest& incoming, net::HTTPServerResponse& response) override {
    ++shared_.at_work;
    try {
      respond(incoming, response);
    } catch (const Poco::Exception&) {  // the client is gone; there is nobody to tell
      response.setKeepAlive(false);
    }
    --shared_.at_work;
    shared_.watch.move(socket_, shared_.in(kKeepAlive));
  }

 private:
  void respond(net::HTTPServerRequest& incoming, net::HTTPServerResponse& response) {
    const Request request = request_from(incoming, shared_);
    Answer answer = shared_.router.answer(request);
    // A stream goes on as long as each write gets through; a whole answer has its time.
    shared_.watch.move(socket_, answer.stream ? Watch::Clock::time_point::max()
                                              : sending_deadline(answer.body.size()));
    response.setStatusAndReason(static_cast<net::HTTPResponse::HTTPStatus>(answer.status));
    response.setVersion(net::HTTPMessage::HTTP_1_1);  // not whatever the request claims
    set_security(response, shared_.secure);
    response.set("Cache-Control", "no-store");
    if (answer.status != 204 && answer.status != 304) response.setContentType(answer.type);
    for (const auto& [name, value] : answer.headers)
      response.set(name, value);
    const bool unread = has_unread_body(request, incoming);
    if (shared_.stopping || unread) response.setKeepAlive(false);
    if (!answer.stream) {
      send_whole(answer, request, response);
      if (unread) linger();
      return;
    }
    response.setChunkedTransferEncoding(true);
    std::ostream& out = response.send();
    answer.stream(out, [this] { return shared_.stopping.load(); });
    out.flush();
    if (!out) response.setKeepAlive(false);
  }

  /// The time for a request, and a second more for each 64 KiB.
  Watch::Clock::time_point sending_deadline(std::size_t bytes) const {
    const auto seconds = shared_.site.configuration.request_seconds + static_cast<int>(bytes >> 16);
    return shared_.in(std::chrono::seconds(seconds));
  }

  /// A body that nobody read would be taken for the next request.
  static bool has_unread_body(const Request& request, net::HTTPServerRequest& incoming) {
    const bool none = incoming.getContentLength64() <= 0 && !incoming.getChunkedTransferEncoding();
    return !none && (request.method == "GET" || incoming.stream().good());
  }

  /// Takes what the client still sends and throws it away: closed with bytes unread, the connection
  /// would be reset, and the client might never see why it was refused (RFC 9112, 9.6).
  void linger() {
    shared_.watch.move(socket_, shared_.in(kLinger));
    socket_.shutdownSend();
    std::string bytes(std::size_t{64} << 10, '\0');
    for (std::size_t taken = 0; taken < kMostLingered && !shared_.stopping;) {
      const int got = socket_.receiveBytes(bytes.data(), static_cast<int>(bytes.size()));
      if (got <= 0) return;
      taken += static_cast<std::size_t>(got);
    }
  }

  Shared& shared_;
  net::StreamSocket socket_;
};

/// One connection under watch from its first byte to its last.
class Connection : public net::HTTPServerConnection {
 public:
  Connection(const net::StreamSocket& socket, net::HTTPServerParams::Ptr parameters,
             net::HTTPRequestHandlerFactory::Ptr factory, Shared& shared)
      : net::HTTPServerConnection(socket, std::move(parameters), std::move(factory)),
        shared_(shared),
        watched_(socket) {
    std::string address;
    try {
      address = socket.peerAddress().host().toString();
      // Nor does a client hold a thread by not reading what it asked for.
      watched_.setSendTimeout(Poco::Timespan(shared.site.configuration.request_seconds, 0));
    } catch (const Poco::Exception&) {  // gone already
    }
    const bool many =
        shared.watch.count(address) >= shared.site.configuration.connections_per_address;
    shared_.watch.begin(watched_, address, many ? Watch::Clock::now() : shared.header_deadline());
  }
  ~Connection() override { shared_.watch.end(watched_); }

 private:
  Shared& shared_;
  net::StreamSocket watched_;
};

class Factory : public net::HTTPRequestHandlerFactory {
 public:
  explicit Factory(Shared& shared) : shared_(shared) {}

  /// The head of a request is there: from now on the time for its body runs.
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest& request) override {
    auto socket =
        dynamic_cast<net::HTTPServerRequestImpl&>(const_cast<net::HTTPServerRequest&>(request))
            .socket();
    shared_.watch.move(
        socket, shared_.in(std::chrono::seconds(shared_.site.configuration.request_seconds)));
    return new Handling(shared_, socket);  // Poco deletes it
  }

 private:
  Shared& shared_;
};

class ConnectionFactory : public net::TCPServerConnectionFactory {
 public:
  ConnectionFactory(net::HTTPServerParams::Ptr parameters, Shared& shared)
      : parameters_(std::move(parameters)), factory_(new Factory(shared)), shared_(shared) {}

  net::TCPServerConnection* createConnection(const net::StreamSocket& socket) override {
    return new Connection(socket, parameters_, factory_, shared_);  // Poco deletes it
  }

 private:
  net::HTTPServerParams::Ptr parameters_;
  net::HTTPRequestHandlerFactory::Ptr factory_;
  Shared& shared_;
};

Error listen_error(ErrorCode code, const std::string& listen, std::string hint) {
  return {.code = code,
          .id = "service.listen",
          .message = "不能在 " + listen + " 上监听",
          .hint = std::move(hint)};
}

Result<net::ServerSocket> open_socket(const Configuration& configuration) {
  const std::string& listen = configuration.listen;
  net::SocketAddress address;
  try {
    address = net::SocketAddress(listen);
  } catch (const Poco::Exception&) {
    return listen_error(ErrorCode::InvalidInput, listen, "写成 地址:端口，如 127.0.0.1:8080");
  }
  constexpr int kBacklog = 256;
  try {
    if (configuration.certificate.empty()) return net::ServerSocket(address, kBacklog);
    net::Context::Params parameters;
    parameters.certificateFile = configuration.certificate.string();
    parameters.privateKeyFile = configuration.key.string();
    parameters.verificationMode = net::Context::VERIFY_NONE;
    net::Context::Ptr context = new net::Context(net::Context::TLS_SERVER_USE, parameters);
    context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
    return net::ServerSocket(net::SecureServerSocket(address, kBacklog, context));
  } catch (const net::NetException&) {
    return listen_error(ErrorCode::Io, listen, "换一个端口，或先停掉占用它的程序");
  } catch (const Poco::Exception&) {
    return Error{.code = ErrorCode::Io,
                 .id = "service.tls",
                 .message = "读不了证书或私钥",
                 .hint = "核对“证书”“私钥”两个 PEM 文件和它们的权限"};
  }
}

}  // namespace

struct Server::Parts {
  Shared shared;
  Poco::ThreadPool threads;
  std::unique_ptr<net::TCPServer> server;

  Parts(Site& site, Router router)
      : shared(site, std::move(router)), threads(4, site.configuration.connections) {}
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::Server(Server&&) noexcept = default;

Server::~Server() {
  if (parts_) stop(0);
}

Result<Server> Server::start(Site& site, Router router) {
  HUICE_TRY(const auto socket, open_socket(site.configuration));
  auto parts = std::make_unique<Parts>(site, std::move(router));
  parts->shared.secure = !site.configuration.certificate.empty();
  net::HTTPServerParams::Ptr parameters = new net::HTTPServerParams;
  parameters->setMaxThreads(site.configuration.connections);
  parameters->setMaxQueued(site.configuration.connections);
  parameters->setKeepAlive(true);
  parameters->setKeepAliveTimeout(Poco::Timespan(kKeepAlive.count(), 0));
  parameters->setTimeout(Poco::Timespan(site.configuration.header_seconds, 0));
  parameters->setMaxKeepAliveRequests(0);
  parts->server = std::make_unique<net::TCPServer>(new ConnectionFactory(parameters, parts->shared),
                                                   parts->threads, socket, parameters);
  parts->server->start();
  return Server(std::move(parts));
}

void Server::stop(int seconds) {
  if (!parts_->server) return;
  parts_->shared.stopping = true;
  parts_->server->stop();
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (parts_->shared.at_work > 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  parts_->shared.watch.end_all();
  parts_->threads.joinAll();
  parts_->server.reset();
}

std::uint16_t Server::port() const {
  return parts_->server->port();
}

}  // namespace huice::service
