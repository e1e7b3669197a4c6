using System.Text.Json;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AlertDavao.Dashboard.Data.Maps;

internal sealed class ReportMap : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> report)
    {
        report.Property(r => r.Id).ValueGeneratedNever();
        report.HasIndex(r => r.TrackingCode).IsUnique();
        report.Property(r => r.CrimeTypes).HasConversion(
            types => JsonSerializer.Serialize(types, JsonSerializerOptions.Default),
            stored => JsonSerializer.Deserialize<List<string>>(stored, JsonSerializerOptions.Default)!,
            new ValueComparer<IReadOnlyList<string>>(
                (a, b) => a!.SequenceEqual(b!),
                types => types.Aggregate(0, (hash, type) => HashCode.Combine(hash, type)),
                types => types.ToList()));
        report.Property(r => r.Version).IsConcurrencyToken();
        report.HasOne<StationLog>().WithMany().HasForeignKey(r => r.Log).OnDelete(DeleteBehavior.Restrict);
        report.HasMany(r => r.Events).WithOne().HasForeignKey(e => e.ReportId).OnDelete(DeleteBehavior.Restrict);
        report.Navigation(r => r.Events).UsePropertyAccessMode(PropertyAccessMode.Field);
        report.HasMany(r => r.Evidence).WithOne().HasForeignKey(e => e.ReportId).OnDelete(DeleteBehavior.Restrict);
        report.Navigation(r => r.Evidence).UsePropertyAccessMode(PropertyAccessMode.Field);

        // The board: unacknowledged ones and the newest others of a log.
        report.HasIndex(r => new { r.Log, r.Status, r.ReceivedAt });
        report.HasIndex(r => new { r.Log, r.ReceivedAt });

        // What comes due, and what is held: few at any time.
        report.HasIndex(r => r.EscalatesAt).HasFilter("EscalatesAt IS NOT NULL");
        report.HasIndex(r => r.ClaimedBy).HasFilter("ClaimedBy IS NOT NULL");

        // Reports of one incident.
        report.HasIndex(r => r.DuplicateOf).HasFilter("DuplicateOf IS NOT NULL");

        // The list of all reports: newest first, also within one status, severity or barangay.
        report.HasIndex(r => r.ReceivedAt);
        report.HasIndex(r => new { r.Status, r.ReceivedAt });
        report.HasIndex(r => new { r.Severity, r.ReceivedAt });
        report.HasIndex(r => new { r.BarangayPsgc, r.ReceivedAt });
    }
}

internal sealed class ReportEventMap : IEntityTypeConfiguration<ReportEvent>
{
    public void Configure(EntityTypeBuilder<ReportEvent> entry)
    {
        entry.HasKey(e => new { e.ReportId, e.Version, e.Part });
        entry.Property(e => e.OfficerId);
        entry.Property(e => e.From);
        entry.Property(e => e.To);
        entry.Property(e => e.Note);
        entry.Property(e => e.Reason);
        entry.Property(e => e.FromSeverity);
        entry.Property(e => e.ToSeverity);
        entry.Property(e => e.OtherOfficer);
        entry.Property(e => e.OtherReport);
        entry.Property(e => e.Level);
        entry.Property(e => e.FromLog);
        entry.Property(e => e.ToLog);
    }
}

internal sealed class EvidenceMap : IEntityTypeConfiguration<Evidence>
{
    public void Configure(EntityTypeBuilder<Evidence> file)
    {
        file.Property(e => e.Id).ValueGeneratedNever();
        file.Property(e => e.FileName);
        file.Property(e => e.Width);
        file.Property(e => e.Height);
        file.Property(e => e.NoteVersion);
        file.HasIndex(e => new { e.ReportId, e.Position }).IsUnique();
    }
}

internal sealed class ReportOriginalMap : IEntityTypeConfiguration<ReportOriginal>
{
    public void Configure(EntityTypeBuilder<ReportOriginal> original)
    {
        original.HasKey(o => o.ReportId);
        original.HasOne<Report>().WithOne().HasForeignKey<ReportOriginal>(o => o.ReportId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReportSightMap : IEntityTypeConfiguration<ReportSight>
{
    public void Configure(EntityTypeBuilder<ReportSight> sight)
    {
        sight.ToTable("ReportSights");
        sight.HasKey(s => new { s.ReportId, s.Log });
        sight.HasOne<Report>().WithMany().HasForeignKey(s => s.ReportId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TransferMap : IEntityTypeConfiguration<Transfer>
{
    public void Configure(EntityTypeBuilder<Transfer> transfer)
    {
        transfer.Property(t => t.Id).ValueGeneratedNever();
        transfer.Property(t => t.State).IsConcurrencyToken();
        transfer.HasOne<Report>().WithMany().HasForeignKey(t => t.ReportId).OnDelete(DeleteBehavior.Restrict);
        transfer.HasIndex(t => new { t.ToLog, t.State });
        transfer.HasIndex(t => new { t.FromLog, t.DecidedAt });
    }
}

internal sealed class NoticeMap : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> notice)
        => notice.HasIndex(n => n.OfficerId).HasFilter("ReadAt IS NULL");
}

internal sealed class AuditEntryMap : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("Audit");
        entry.HasIndex(e => e.ReportId);
    }
}
