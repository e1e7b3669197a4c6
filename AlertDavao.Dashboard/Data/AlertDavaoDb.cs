using AlertDavao.Dashboard.Accounts;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// The database. Read through short contexts of the factory; written only by units of the <see cref="Writer"/>, except for
/// Identity's own saves.
/// </summary>
internal sealed class AlertDavaoDb(DbContextOptions<AlertDavaoDb> options) : IdentityUserContext<Account, Guid>(options)
{
    public DbSet<Station> Stations => Set<Station>();

    public DbSet<Barangay> Barangays => Set<Barangay>();

    public DbSet<Officer> Officers => Set<Officer>();

    public DbSet<Domain.Officers.Duty> Duties => Set<Domain.Officers.Duty>();

    public DbSet<Report> Reports => Set<Report>();

    public DbSet<Evidence> Evidence => Set<Evidence>();

    public DbSet<OfficerSession> Sessions => Set<OfficerSession>();

    public DbSet<DeviceToken> DeviceTokens => Set<DeviceToken>();

    public DbSet<KnownBrowser> KnownBrowsers => Set<KnownBrowser>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<AccountLink> AccountLinks => Set<AccountLink>();

    public DbSet<ReportOriginal> ReportOriginals => Set<ReportOriginal>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<StationLog> StationLogs => Set<StationLog>();

    public DbSet<StationEntry> StationEntries => Set<StationEntry>();

    public DbSet<ReportSight> Sights => Set<ReportSight>();

    public DbSet<Transfer> Transfers => Set<Transfer>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<IntakeClient> IntakeClients => Set<IntakeClient>();

    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    public DbSet<PlanStep> PlanSteps => Set<PlanStep>();

    public DbSet<BoundaryEdition> BoundaryEditions => Set<BoundaryEdition>();

    public DbSet<DatabaseMark> Marks => Set<DatabaseMark>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AlertDavaoDb).Assembly);
    }

    // SQLite cannot order or compare a DateTimeOffset: every instant is unix milliseconds.
    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
        => configuration.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
}
