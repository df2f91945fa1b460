/**
 * Two files in the form that protoc's JavaScript generator gives (CommonJS, `import_style=commonjs,binary`), of
 *
 *   message Reading { string sensor = 1; google.protobuf.Timestamp at = 2; demo.geo.Point point = 3; }
 *   message Point { int32 x = 1; }
 */

const HEAD = `// GENERATED CODE -- DO NOT EDIT!
/* eslint-disable */
// @ts-nocheck

var jspb = require('google-protobuf');
var goog = jspb;
`;

export const generatedPoint = `// source: geo/point.proto
${HEAD}var global = Function('return this')();

goog.exportSymbol('proto.demo.geo.Point', null, global);
proto.demo.geo.Point = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.demo.geo.Point, jspb.Message);
if (goog.DEBUG && !COMPILED) {
  proto.demo.geo.Point.displayName = 'proto.demo.geo.Point';
}

if (jspb.Message.GENERATE_TO_OBJECT) {
proto.demo.geo.Point.prototype.toObject = function(opt_includeInstance) {
  return proto.demo.geo.Point.toObject(opt_includeInstance, this);
};

proto.demo.geo.Point.toObject = function(includeInstance, msg) {
  var f, obj = {
    x: jspb.Message.getFieldWithDefault(msg, 1, 0)
  };
  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}

proto.demo.geo.Point.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.demo.geo.Point;
  return proto.demo.geo.Point.deserializeBinaryFromReader(msg, reader);
};

proto.demo.geo.Point.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {number} */ (reader.readInt32());
      msg.setX(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};

proto.demo.geo.Point.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.demo.geo.Point.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};

proto.demo.geo.Point.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getX();
  if (f !== 0) {
    writer.writeInt32(1, f);
  }
};

proto.demo.geo.Point.prototype.getX = function() {
  return /** @type {number} */ (jspb.Message.getFieldWithDefault(this, 1, 0));
};

proto.demo.geo.Point.prototype.setX = function(value) {
  return jspb.Message.setProto3IntField(this, 1, value);
};

goog.object.extend(exports, proto.demo.geo);
`;

export const generatedReading = `// source: reading.proto
${HEAD}var global =
    (typeof globalThis !== 'undefined' && globalThis) ||
    (typeof window !== 'undefined' && window) ||
    (typeof global !== 'undefined' && global) ||
    (typeof self !== 'undefined' && self) ||
    (function () { return this; }).call(null) ||
    Function('return this')();

var google_protobuf_timestamp_pb = require('google-protobuf/google/protobuf/timestamp_pb.js');
goog.object.extend(proto, google_protobuf_timestamp_pb);
var geo_point_pb = require('./geo/point_pb.js');
goog.object.extend(proto, geo_point_pb);
goog.exportSymbol('proto.demo.Reading', null, global);
proto.demo.Reading = function(opt_data) {
  jspb.Message.initialize(this, opt_data, 0, -1, null, null);
};
goog.inherits(proto.demo.Reading, jspb.Message);

if (jspb.Message.GENERATE_TO_OBJECT) {
proto.demo.Reading.prototype.toObject = function(opt_includeInstance) {
  return proto.demo.Reading.toObject(opt_includeInstance, this);
};

proto.demo.Reading.toObject = function(includeInstance, msg) {
  var f, obj = {
    sensor: jspb.Message.getFieldWithDefault(msg, 1, ""),
    at: (f = msg.getAt()) && google_protobuf_timestamp_pb.Timestamp.toObject(includeInstance, f),
    point: (f = msg.getPoint()) && geo_point_pb.Point.toObject(includeInstance, f)
  };
  if (includeInstance) {
    obj.$jspbMessageInstance = msg;
  }
  return obj;
};
}

proto.demo.Reading.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new proto.demo.Reading;
  return proto.demo.Reading.deserializeBinaryFromReader(msg, reader);
};

proto.demo.Reading.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
    case 1:
      var value = /** @type {string} */ (reader.readString());
      msg.setSensor(value);
      break;
    case 2:
      var value = new google_protobuf_timestamp_pb.Timestamp;
      reader.readMessage(value,google_protobuf_timestamp_pb.Timestamp.deserializeBinaryFromReader);
      msg.setAt(value);
      break;
    case 3:
      var value = new geo_point_pb.Point;
      reader.readMessage(value,geo_point_pb.Point.deserializeBinaryFromReader);
      msg.setPoint(value);
      break;
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};

proto.demo.Reading.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  proto.demo.Reading.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};

proto.demo.Reading.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
  f = message.getSensor();
  if (f.length > 0) {
    writer.writeString(1, f);
  }
  f = message.getAt();
  if (f != null) {
    writer.writeMessage(2, f, google_protobuf_timestamp_pb.Timestamp.serializeBinaryToWriter);
  }
  f = message.getPoint();
  if (f != null) {
    writer.writeMessage(3, f, geo_point_pb.Point.serializeBinaryToWriter);
  }
};

proto.demo.Reading.prototype.getSensor = function() {
  return /** @type {string} */ (jspb.Message.getFieldWithDefault(this, 1, ""));
};

proto.demo.Reading.prototype.setSensor = function(value) {
  return jspb.Message.setProto3StringField(this, 1, value);
};

proto.demo.Reading.prototype.getAt = function() {
  return /** @type{?proto.google.protobuf.Timestamp} */ (
    jspb.Message.getWrapperField(this, google_protobuf_timestamp_pb.Timestamp, 2));
};

proto.demo.Reading.prototype.setAt = function(value) {
  return jspb.Message.setWrapperField(this, 2, value);
};

proto.demo.Reading.prototype.getPoint = function() {
  return /** @type{?proto.demo.geo.Point} */ (
    jspb.Message.getWrapperField(this, geo_point_pb.Point, 3));
};

proto.demo.Reading.prototype.setPoint = function(value) {
  return jspb.Message.setWrapperField(this, 3, value);
};

goog.object.extend(exports, proto.demo);
`;
