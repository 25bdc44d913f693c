// Loaded into a desk before anything else: tells standard error of every host that it looks up or connects to.
import dgram from "node:dgram";
import dns from "node:dns";
import net from "node:net";

const tell = (host) => process.stderr.write(`spied ${host}\n`);

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [first] = args;
  const options = Array.isArray(first) ? first[0] : typeof first === "object" ? first : { port: first, host: args[1] };
  tell(options.path ?? `${options.host ?? "localhost"}:${options.port}`);
  return connect.apply(this, args);
};

for (const [module, name] of [
  [dns, "lookup"],
  [dns, "resolve"],
  [dns.promises, "lookup"],
  [dns.promises, "resolve"],
]) {
  const original = module[name];
  module[name] = function (host, ...rest) {
    tell(host);
    return original.call(this, host, ...rest);
  };
}

const { send } = dgram.Socket.prototype;
dgram.Socket.prototype.send = function (...args) {
  tell("a datagram's receiver");
  return send.apply(this, args);
};
