namespace AlertDavao.Bench.Feeds;

/// <summary>How one server is subscribed to.</summary>
internal interface ILiveWire
{
    /// <summary>The request that opens subscriber n; of station n modulo their number.</summary>
    byte[] Request(int number);

    LiveStream NewStream(Tally tally, int station);
}
