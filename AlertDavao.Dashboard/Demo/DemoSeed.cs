using System.Security.Cryptography;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Intake;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Demo;

/// <summary>Demo accounts, the demo's intake key, and what stood on the boards before the first start.</summary>
internal sealed class DemoSeed(DemoOptions options, IDbContextFactory<AlertDavaoDb> contexts, CityBook city, TimeProvider time)
{
    public const string Domain = "alertdavao.test";

    /// <summary>Reports a station starts with.</summary>
    public const int HistoryPerStation = 40;

    private static readonly TimeSpan BetweenReports = TimeSpan.FromMinutes(11);
    private static readonly string[] FamilyNames =
        ["Santos", "Reyes", "Cruz", "Bautista", "Ocampo", "Garcia", "Mendoza", "Torres", "Flores", "Ramos", "Uy", "Abad", "Dela Cruz"];

    /// <summary>Adds what is missing; a second start changes nothing.</summary>
    public void Fill()
    {
        using var db = contexts.CreateDbContext();
        using var transaction = db.Database.BeginTransaction();
        var isFirst = !db.Users.Any(account => account.NormalizedEmail == Normal(Email("hq")));
        AddAccounts(db);
        AddKey(db);
        db.SaveChanges();
        if (isFirst)
            AddHistory(db);
        SearchIndex.Fill(db);
        transaction.Commit();
    }

    private void AddAccounts(AlertDavaoDb db)
    {
        var known = db.Users.Select(account => account.NormalizedEmail!).ToHashSet();
        // Hashing takes its time on purpose; demo accounts share one hash as they share the password.
        var hash = new Lazy<string>(() => new PasswordHasher<Account>().HashPassword(new Account(), options.Password));
        void Add(string local, string name, string? log, DutyRole role)
        {
            if (known.Add(Normal(Email(local))))
                AddAccount(db, Email(local), name, hash.Value, log, role);
        }

        Add("hq", "C. Lim", LogCode.City, DutyRole.CityDesk);
        Add("noduty", "N. Tan", null, DutyRole.Officer);
        var person = 0;
        foreach (var station in city.Stations.Keys.Order(LogCode.Order))
        {
            var code = station.ToLowerInvariant();
            Add($"admin.{code}", Name(person++), station, DutyRole.StationAdmin);
            for (var officer = 1; officer <= options.OfficersPerStation; officer++)
                Add($"officer{(officer == 1 ? "" : officer)}.{code}", Name(person++), station, DutyRole.Officer);
        }
    }

    private void AddAccount(AlertDavaoDb db, string email, string name, string hash, string? log, DutyRole role)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        db.Users.Add(new Account
        {
            Id = id,
            UserName = email,
            NormalizedUserName = Normal(email),
            Email = email,
            NormalizedEmail = Normal(email),
            EmailConfirmed = true,
            PasswordHash = hash,
            SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20)),
            LockoutEnabled = true,
        });
        db.Officers.Add(new Officer(id, name));
        if (log is not null)
            db.Duties.Add(new AlertDavao.Domain.Officers.Duty(Guid.CreateVersion7(), id, log, role, time.GetUtcNow(), null));
    }

    private void AddKey(AlertDavaoDb db)
    {
        var hash = IntakeKeys.Hash(options.IntakeKey);
        if (db.IntakeClients.Any(client => client.KeyHash == hash))
            return;
        db.IntakeClients.Add(new IntakeClient
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Name = "Demo",
            KeyHash = hash,
            CreatedAt = time.GetUtcNow(),
            IsDemo = true,
        });
    }

    /// <summary>The last incidents of each station, acknowledged, so that a board is no empty page.</summary>
    private void AddHistory(AlertDavaoDb db)
    {
        var officers = (from duty in db.Duties
                        where duty.Role == DutyRole.Officer
                        select new { duty.Log, duty.OfficerId })
            .AsEnumerable()
            .DistinctBy(duty => duty.Log)
            .ToDictionary(duty => duty.Log, duty => duty.OfficerId);
        var now = time.GetUtcNow();
        // In the order they were received in, as reports come: the search goes by it.
        var history = Incident.All().GroupBy(incident => incident.Station)
            .SelectMany(station => station.TakeLast(HistoryPerStation).Reverse().Select((incident, at) => (Incident: incident, Received: now - BetweenReports * (at + 1))))
            .OrderBy(report => report.Received);
        foreach (var (incident, received) in history)
        {
            AddAcknowledged(db, incident, received, officers[incident.Station]);
            db.ChangeTracker.Clear();
        }

        // Their time is over: the first screen of the demo does not paint them for the first time.
        db.StationLogs.ExecuteUpdate(set => set.SetProperty(log => log.PaintedTo, log => log.LastNumber));
    }

    private void AddAcknowledged(AlertDavaoDb db, Incident incident, DateTimeOffset received, Guid officer)
    {
        var submission = new Submission
        {
            Title = incident.Title,
            CrimeTypes = incident.CrimeTypes,
            Description = incident.Description,
            OccurredAt = incident.OccurredAt,
            Latitude = incident.Latitude,
            Longitude = incident.Longitude,
            BarangayHint = incident.Barangay,
            Source = ReportSource.Demo,
        };
        var route = city.Router.Route(incident.CrimeTypes, incident.Latitude, incident.Longitude);
        var code = TrackingCode.From(RandomNumberGenerator.GetBytes(TrackingCode.RandomBytes));
        var report = Report.Submit(Guid.CreateVersion7(received), code, submission, route, received);

        new WriteUnit(db, received).Arrive(report);
        db.SaveChanges();
        var seen = received + TimeSpan.FromMinutes(1);
        report.Acknowledge(officer, seen);
        new WriteUnit(db, seen).Append(report, AlertDavao.Domain.Log.EntryKind.Changed);
        db.SaveChanges();
    }

    public static string Email(string local) => $"{local}@{Domain}";

    private static string Normal(string email) => email.ToUpperInvariant();

    private static string Name(int person) => $"{(char)('A' + (person / FamilyNames.Length % 26))}. {FamilyNames[person % FamilyNames.Length]}";
}
