using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data.Continuity;

/// <summary>
/// Sees at the start whether the database is the one that screens and devices were told of. One that is not (an older copy put
/// back by hand, a copy that went on elsewhere) gets a new epoch: under its old one a device that is ahead of it would be told
/// nothing until the numbers have caught up, and never what was filed under them. In doubt the epoch is renewed: that every
/// board is read once more costs little, silence costs reports. In doubt is also a start after a crash in the middle of
/// writing, because the file is written when nothing was for two seconds and not with every report.
/// </summary>
internal sealed partial class HighWater(
    StorageOptions storage, CommitsUnderWay commits, IDbContextFactory<AlertDavaoDb> contexts, TimeProvider time, ILogger<HighWater> log)
    : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly HighWaterFile _file = new(storage.Path);
    private WaterLevel? _written;
    private long _recorded;

    /// <summary>Compares, once, before anything is served or written.</summary>
    public void Begin()
    {
        using var db = contexts.CreateDbContext();
        var level = WaterLevel.Of(db);
        if (Doubt(level) is { } renew)
        {
            level = level with { Epoch = DatabaseMark.NewEpoch() };
            db.Marks.ExecuteUpdate(marks => marks.SetProperty(mark => mark.Epoch, level.Epoch));
            renew();
        }

        _file.Write(level);
        _file.CatchUp();
        (_written, _recorded) = (level, commits.Begun);
        commits.Follow();
    }

    /// <summary>Writes down how far the logs have got, if anything was committed since the last time.</summary>
    public void Record()
    {
        var begun = commits.Begun;
        if (begun >= 0 && begun == _recorded)
            return;

        using var db = contexts.CreateDbContext();
        var level = WaterLevel.Of(db);
        if (level != _written)
            _file.Write(_written = level);
        commits.CatchUp(begun);
        _recorded = begun;
    }

    // The writer was registered later and has stopped before: what is recorded now is the last.
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        TryRecord();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var last = commits.Begun;
        return time.Every(Every, Look, stoppingToken);

        void Look()
        {
            // In busy seconds it would be behind again at once, and commits would wait for its disk.
            var begun = commits.Begun;
            if (begun >= 0 && begun == last)
                TryRecord();
            last = begun;
        }
    }

    private void TryRecord()
    {
        try
        {
            Record();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException or InvalidOperationException)
        {
            // It stays behind, and says so: the next time is in two seconds.
            NotRecorded(e.GetType().Name);
        }
    }

    /// <returns>What to say of the doubt; null when the database is the one it was.</returns>
    private Action? Doubt(WaterLevel level)
    {
        if (_file.IsBehind)
            return Interrupted;
        if (!_file.Exists)
            return level.IsEmpty ? null : Unknown;
        return _file.Read() is not { } known ? Unreadable : known == level ? null : Another;
    }

    [LoggerMessage(LogLevel.Warning, "The program was ended in the middle of its work. Nothing is lost; boards and devices read once more in full.")]
    private partial void Interrupted();

    [LoggerMessage(LogLevel.Warning, "Nothing says how far this database's boards had got (there is no high-water file). Boards and devices read once more in full.")]
    private partial void Unknown();

    [LoggerMessage(LogLevel.Warning, "The high-water file cannot be read. Boards and devices read once more in full.")]
    private partial void Unreadable();

    [LoggerMessage(LogLevel.Warning, "This is not the database that this folder had when the program ended: an older copy? Boards and devices read once more in full; what was filed after the copy is not in it.")]
    private partial void Another();

    [LoggerMessage(LogLevel.Warning, "How far the logs have got could not be written down: {Failure}.")]
    private partial void NotRecorded(string failure);
}
