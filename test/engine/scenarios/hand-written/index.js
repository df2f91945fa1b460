// A project as the SDK's own examples are written: one file that binds its functions and serves them.
const http = require('http');
const { StateFun, messageBuilder, kafkaEgressMessage } = require('apache-flink-statefun');
const { plural } = require('./lib/words');

const Scan = StateFun.jsonType('parcels/scan');
const Notice = StateFun.jsonType('parcels/notice');

const statefun = new StateFun();

statefun.bind({
  typename: 'parcels/parcel',
  specs: [
    { name: 'scans', type: StateFun.intType() },
    { name: 'last_place', type: StateFun.stringType(), expireAfterWrite: 1000 * 60 * 60 },
  ],
  fn(context, message) {
    const scan = message.as(Scan);
    const before = context.storage.last_place;
    context.storage.scans = (context.storage.scans || 0) + 1;
    context.storage.last_place = scan.place;
    context.send(messageBuilder({ typename: 'parcels/depot', id: scan.place, value: context.self.id }));
    context.sendAfter(
      3000,
      messageBuilder({ typename: 'parcels/depot', id: scan.place, value: 'left behind: ' + context.self.id }),
      'late-' + scan.place,
    );
    if (before !== null) {
      context.cancelDelayedMessage('late-' + before);
    }
    context.send(
      kafkaEgressMessage({
        typename: 'parcels/notices',
        topic: 'notices',
        key: context.self.id,
        value: { parcel: context.self.id, at: scan.place, text: `seen ${plural(context.storage.scans, 'time')}` },
        valueType: Notice,
      }),
    );
  },
});

statefun.bind({
  typename: 'parcels/depot',
  specs: [{ name: 'parcels', type: StateFun.jsonType('parcels/list') }],
  async fn(context, message) {
    const parcels = context.storage.parcels || [];
    context.storage.parcels = [...parcels, message.asString()].sort();
  },
});

http.createServer(statefun.handler()).listen(process.env.PORT || 8000, '127.0.0.1', function () {
  console.log(`Listening on port ${this.address().port}`);
});
