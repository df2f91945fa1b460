"""The greeter example, as it is written for the Python SDK."""

from statefun import Context, IntType, Message, ValueSpec, kafka_egress_message, make_json_type

VISIT = make_json_type(typename="greeter.types/visit")
GREETING = make_json_type(typename="greeter.types/greeting")

TYPENAME = "greeter/greet"
SPECS = [ValueSpec(name="visits", type=IntType)]


def greet(context: Context, message: Message) -> None:
    """Greets one visitor, and remembers how often that visitor came."""
    visit = message.as_type(VISIT) if message.is_type(VISIT) else None
    if visit is None:
        return
    visits = (context.storage.visits or 0) + 1
    context.storage.visits = visits
    name = visit["name"]
    context.send_egress(
        kafka_egress_message(
            typename="greeter/greetings",
            topic="greetings",
            key=context.address.id,
            value={"name": name, "visits": visits, "text": greeting_for(name, visits)},
            value_type=GREETING,
        )
    )


def greeting_for(name: str, visits: int) -> str:
    if visits == 1:
        return f"Welcome, {name}."
    if visits == 2:
        return f"Good to see you again, {name}."
    if visits == 3:
        return f"Third time is the charm, {name}."
    return f"Visit number {visits}, {name}. Shall we get you a key?"
