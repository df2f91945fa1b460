"""The model function of the fraud detection example."""

from statefun import Context, Message, make_json_type, message_builder

FEATURE_VECTOR = make_json_type(typename="fraud.types/feature-vector")
FRAUD_SCORE = make_json_type(typename="fraud.types/fraud-score")

TYPENAME = "fraud/model"


def model(context: Context, message: Message) -> None:
    """Turns features into a score, without state."""
    if not message.is_type(FEATURE_VECTOR) or context.caller is None:
        return
    features = message.as_type(FEATURE_VECTOR)
    if features is None:
        raise ValueError("a feature vector came without a value")
    context.send(
        message_builder(
            target_typename=context.caller.typename,
            target_id=context.caller.id,
            value={"transaction": features["transaction"], "score": score_of(features)},
            value_type=FRAUD_SCORE,
        )
    )


def score_of(features: dict) -> int:
    history = 10 * min(features["fraudCount"], 4)
    merchant = features["merchantScore"] * 3 // 5
    size = min(features["amount"] // 1000, 30)
    return min(history + merchant + size, 100)
