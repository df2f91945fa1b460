"""What the examples leave out of the SDK; see sink-messages.ts and javascript/sink.ts."""

from datetime import timedelta

from statefun import (
    BoolType,
    Context,
    DoubleType,
    FloatType,
    IntType,
    LongType,
    Message,
    StringType,
    ValueSpec,
    egress_message_builder,
    kafka_egress_message,
    kinesis_egress_message,
    make_json_type,
    message_builder,
)

ORDER = make_json_type(typename="languages.types/order")
NOTE = make_json_type(typename="languages.types/note")

VALUES = {
    "bool_value": BoolType,
    "int_value": IntType,
    "long_value": LongType,
    "float_value": FloatType,
    "double_value": DoubleType,
    "string_value": StringType,
}

TYPENAME = "languages/sink"
SPECS = [
    *(ValueSpec(name=name, type=type) for name, type in VALUES.items()),
    ValueSpec(name="after_write", type=StringType, expire_after_write=timedelta(hours=1)),
    ValueSpec(name="after_call", type=StringType, expire_after_call=timedelta(minutes=30)),
    ValueSpec(name="note", type=NOTE),
]


def sink(context: Context, message: Message) -> None:
    for name, type in VALUES.items():
        if message.is_type(type):
            store(context, name, type, message.as_type(type))
            return
    if message.is_type(ORDER):
        order = message.as_type(ORDER)
        if order is not None:
            carry_out(context, order)


def store(context: Context, name: str, type, value) -> None:
    before = getattr(context.storage, name)
    if before is not None and context.caller is not None:
        context.send(message_builder(context.caller.typename, context.caller.id, value=before, value_type=type))
    if value is None:
        delattr(context.storage, name)
    else:
        setattr(context.storage, name, value)


def carry_out(context: Context, order: dict) -> None:
    do = order["do"]
    if do == "forget":
        delattr(context.storage, order["state"])
    elif do == "keep":
        context.storage.after_write = order["text"]
        context.storage.after_call = order["text"]
        context.storage.note = {"text": order["text"]}
    elif do == "tell":
        context.send(message_builder(order["typename"], order["id"], str_value=order["text"]))
    elif do == "later":
        later = message_builder(context.address.typename, context.address.id, str_value=order["text"])
        delay = timedelta(milliseconds=order["millis"])
        if order["token"] is None:
            context.send_after(delay, later)
        else:
            context.send_after(delay, later, order["token"])
    elif do == "cancel":
        context.cancel_delayed_message(order["token"])
    elif do == "record":
        context.send_egress(
            kafka_egress_message(typename="languages/records", topic=order["topic"], key=order["key"], value=order["text"])
        )
    elif do == "stream":
        context.send_egress(
            kinesis_egress_message(
                typename="languages/streams",
                stream=order["stream"],
                partition_key=order["partitionKey"],
                explicit_hash_key=order["hashKey"],
                value=order["text"],
            )
        )
    elif do == "plain":
        context.send_egress(egress_message_builder("languages/plain", order["text"], StringType))
    elif do == "fail":
        raise RuntimeError(order["text"])
