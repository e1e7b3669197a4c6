using AlertDavao.Dashboard.Accounts;
using AlertDavao.Domain.Officers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AlertDavao.Dashboard.Data.Maps;

internal sealed class OfficerMap : IEntityTypeConfiguration<Officer>
{
    public void Configure(EntityTypeBuilder<Officer> officer)
    {
        officer.Property(o => o.Rank);
        officer.Property(o => o.Badge);
    }
}

internal sealed class DutyMap : IEntityTypeConfiguration<Domain.Officers.Duty>
{
    public void Configure(EntityTypeBuilder<Domain.Officers.Duty> duty)
    {
        duty.Property(d => d.Id).ValueGeneratedNever();
        duty.HasOne<Officer>().WithMany().HasForeignKey(d => d.OfficerId).OnDelete(DeleteBehavior.Cascade);
        duty.HasOne<StationLog>().WithMany().HasForeignKey(d => d.Log).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OfficerSessionMap : IEntityTypeConfiguration<OfficerSession>
{
    public void Configure(EntityTypeBuilder<OfficerSession> session)
    {
        session.Property(s => s.Id).ValueGeneratedNever();
        session.Property(s => s.Label).HasMaxLength(OfficerSession.MaxLabel);
        session.HasIndex(s => s.KeyHash).IsUnique();
        session.HasIndex(s => s.OfficerId);
        // The sweep reads those that stand; the ended ones stay for the audit.
        session.HasIndex(s => s.EndsAt).HasFilter("EndedAt IS NULL");
        session.HasOne<Account>().WithMany().HasForeignKey(s => s.OfficerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DeviceTokenMap : IEntityTypeConfiguration<DeviceToken>
{
    public void Configure(EntityTypeBuilder<DeviceToken> token)
    {
        token.Property(t => t.Id).ValueGeneratedNever();
        token.Property(t => t.Label).HasMaxLength(DeviceToken.MaxLabel);
        token.HasIndex(t => t.SecretHash).IsUnique();
        token.HasIndex(t => t.OfficerId);
        token.HasOne<Account>().WithMany().HasForeignKey(t => t.OfficerId).OnDelete(DeleteBehavior.Cascade);
    }
}
