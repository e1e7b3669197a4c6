using AlertDavao.Domain.Log;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace AlertDavao.Dashboard.Data.Maps;

internal sealed class StationMap : IEntityTypeConfiguration<Station>
{
    public void Configure(EntityTypeBuilder<Station> station)
    {
        station.HasKey(s => s.Code);
        station.Property(s => s.Address);
        station.Property(s => s.Latitude);
        station.Property(s => s.Longitude);
        station.Property(s => s.ContactNumbers);
    }
}

internal sealed class BarangayEntityMap : IEntityTypeConfiguration<Barangay>
{
    public void Configure(EntityTypeBuilder<Barangay> barangay)
    {
        barangay.HasKey(b => b.Psgc);
        barangay.Property(b => b.District);
        barangay.Property(b => b.Aliases);
        barangay.Property(b => b.Population);
        // Well-known binary: a spatial column would need an extension of SQLite.
        barangay.Property(b => b.Boundary).HasConversion(
            boundary => new WKBWriter().Write(boundary),
            stored => new WKBReader().Read(stored));
        barangay.HasOne<Station>().WithMany().HasForeignKey(b => b.StationCode).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PlanStepMap : IEntityTypeConfiguration<PlanStep>
{
    public void Configure(EntityTypeBuilder<PlanStep> step)
    {
        step.HasKey(s => s.Id);
        step.Property(s => s.Change);
        step.Property(s => s.By);
        step.Property(s => s.At);
        step.HasOne<BoundaryEdition>().WithMany().HasForeignKey(s => s.PublishedIn).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BoundaryEditionMap : IEntityTypeConfiguration<BoundaryEdition>
{
    public void Configure(EntityTypeBuilder<BoundaryEdition> edition)
    {
        edition.HasKey(e => e.Version);
        edition.Property(e => e.By);
        edition.Property(e => e.At);
    }
}

internal sealed class StationLogMap : IEntityTypeConfiguration<StationLog>
{
    public void Configure(EntityTypeBuilder<StationLog> log) => log.HasKey(l => l.Code);
}

internal sealed class StationEntryMap : IEntityTypeConfiguration<StationEntry>
{
    public void Configure(EntityTypeBuilder<StationEntry> entry)
    {
        entry.HasKey(e => new { e.Log, e.Number });
        entry.Property(e => e.Kind).HasConversion<int>();
        entry.HasOne<StationLog>().WithMany().HasForeignKey(e => e.Log).OnDelete(DeleteBehavior.Restrict);
        entry.HasIndex(e => e.ReportId);
    }
}

internal sealed class DatabaseMarkMap : IEntityTypeConfiguration<DatabaseMark>
{
    public void Configure(EntityTypeBuilder<DatabaseMark> mark)
        => mark.HasKey(m => m.Id);
}
