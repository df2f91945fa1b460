package main

import "github.com/apache/flink-statefun/statefun-sdk-go/v3/pkg/statefun"

// FeatureVector is what the model judges a transaction by.
type FeatureVector struct {
	Transaction   string `json:"transaction"`
	FraudCount    int64  `json:"fraudCount"`
	MerchantScore int64  `json:"merchantScore"`
	Amount        int64  `json:"amount"`
}

// FraudScore answers a FeatureVector.
type FraudScore struct {
	Transaction string `json:"transaction"`
	Score       int64  `json:"score"`
}

var (
	featureVectorType = statefun.MakeJsonType(statefun.TypeNameFrom("fraud.types/feature-vector"))
	fraudScoreType    = statefun.MakeJsonType(statefun.TypeNameFrom("fraud.types/fraud-score"))
)

// model turns features into a score, without state.
func model(ctx statefun.Context, message statefun.Message) error {
	if !message.Is(featureVectorType) || ctx.Caller() == nil {
		return nil
	}
	var features FeatureVector
	if err := message.As(featureVectorType, &features); err != nil {
		return err
	}
	ctx.Send(statefun.MessageBuilder{
		Target:    *ctx.Caller(),
		Value:     FraudScore{Transaction: features.Transaction, Score: scoreOf(features)},
		ValueType: fraudScoreType,
	})
	return nil
}

func scoreOf(features FeatureVector) int64 {
	history := 10 * least(features.FraudCount, 4)
	merchant := floorDiv(features.MerchantScore*3, 5)
	size := least(floorDiv(features.Amount, 1000), 30)
	return least(history+merchant+size, 100)
}

func least(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

// floorDiv rounds down, also for a refund, where Go's own division rounds towards zero.
func floorDiv(a, b int64) int64 {
	quotient := a / b
	if a%b < 0 {
		return quotient - 1
	}
	return quotient
}
