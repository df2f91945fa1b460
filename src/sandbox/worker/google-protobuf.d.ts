declare module 'google-protobuf';
