using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// What each intake key has stored today. Read from the database when a key is first seen on a day, counted in memory from
/// then on: bytes that are still coming in count too, so that many requests at once do not pass the limit together.
/// </summary>
internal sealed class EvidenceQuota(EvidenceOptions options, IDbContextFactory<AlertDavaoDb> contexts, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Day> _days = [];

    /// <summary>For one request.</summary>
    public Allowance Open(IntakeClient client)
        => new(client.IsDemo || options.BytesPerKeyPerDay == 0 ? null : Today(client.Id), options.BytesPerKeyPerDay);

    private Day Today(Guid client)
    {
        var start = ManilaTime.StartOfDay(time.GetUtcNow());
        lock (_lock)
        {
            if (!_days.TryGetValue(client, out var day) || day.Start != start)
                _days[client] = day = new Day(start) { Used = StoredSince(client, start) };
            return day;
        }
    }

    private long StoredSince(Guid client, DateTimeOffset start)
    {
        using var db = contexts.CreateDbContext();
        return db.Reports
            .Where(report => report.IntakeClientId == client && report.ReceivedAt >= start)
            .SelectMany(report => report.Evidence)
            .Sum(file => file.Bytes);
    }

    internal sealed class Day(DateTimeOffset start)
    {
        public DateTimeOffset Start { get; } = start;

        public long Used { get; set; }
    }

    /// <summary>What one request takes of its key's day; given back unless it is kept.</summary>
    internal sealed class Allowance(Day? day, long limit) : IDisposable
    {
        private long _taken;

        /// <exception cref="IntakeRefused">The key's day is full (507).</exception>
        public void Take(long bytes)
        {
            if (day is null)
                return;
            lock (day)
            {
                if (day.Used + bytes > limit)
                    throw new IntakeRefused(StatusCodes.Status507InsufficientStorage, IntakeTexts.QuotaFull);
                day.Used += bytes;
                _taken += bytes;
            }
        }

        public void Keep() => _taken = 0;

        public void Dispose()
        {
            if (day is null)
                return;
            lock (day)
                day.Used -= _taken;
            _taken = 0;
        }
    }
}
