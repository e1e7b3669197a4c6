namespace AlertDavao.Dashboard.Data.Continuity;

/// <summary>
/// Says on the disk, before a commit, that the <see cref="HighWaterFile"/> may be behind; once, until it was caught up. Knows
/// which commits are under way, so that it is never called exact while one is.
/// </summary>
internal sealed partial class CommitsUnderWay(StorageOptions storage, ILogger<CommitsUnderWay> log)
{
    private readonly HighWaterFile _file = new(storage.Path);
    private readonly Lock _gate = new();
    private bool _follows;
    private bool _isMarked;
    private long _begun;
    private int _underWay;

    /// <summary>Only who serves keeps the file; a verb beside it leaves it alone.</summary>
    public void Follow()
    {
        lock (_gate)
            (_follows, _isMarked) = (true, _file.IsBehind);
    }

    /// <summary>A number that has changed when anything was committed since, or is being.</summary>
    public long Begun
    {
        get
        {
            lock (_gate)
                return _underWay > 0 ? -1 : _begun;
        }
    }

    public void Begin()
    {
        lock (_gate)
        {
            _begun++;
            _underWay++;
            if (!_follows || _isMarked)
                return;
            try
            {
                _file.FallBehind();
                _isMarked = true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A report is worth more than the mark; the next commit tries again.
                NotMarked(e.GetType().Name);
            }
        }
    }

    public void End()
    {
        lock (_gate)
            _underWay--;
    }

    /// <summary>The file was written with what stood at <paramref name="begun"/>: exact, unless something was committed since.</summary>
    public void CatchUp(long begun)
    {
        lock (_gate)
        {
            if (begun < 0 || begun != _begun || _underWay > 0)
                return;
            _file.CatchUp();
            _isMarked = false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "That the high-water file is behind could not be written down: {Failure}.")]
    private partial void NotMarked(string failure);
}
