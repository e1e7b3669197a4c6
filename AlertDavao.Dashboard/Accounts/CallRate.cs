namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// How often one connection calls the hub. A page acknowledges at most twenty draws a second and a hand is slower: what
/// calls <see cref="PerSecond"/> times a second for longer than a few seconds is no page. Used by one call at a time.
/// </summary>
internal sealed class CallRate(TimeProvider time)
{
    public const int PerSecond = 200;
    public const int AtOnce = 1000;

    private double _left = AtOnce;
    private long _at = time.GetTimestamp();

    /// <summary>How long ago the last call was, or the connection began. For any thread.</summary>
    public TimeSpan Idle => time.GetElapsedTime(Volatile.Read(ref _at));

    /// <summary>Counts a call; false when it is one too many.</summary>
    public bool TryCall()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(AtOnce, _left + time.GetElapsedTime(_at, now).TotalSeconds * PerSecond);
        Volatile.Write(ref _at, now);
        if (_left < 1)
            return false;
        _left--;
        return true;
    }
}
