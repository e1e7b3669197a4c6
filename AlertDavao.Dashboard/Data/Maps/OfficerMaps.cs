using AlertDavao.Dashboard.Accounts;
using AlertDavao.Domain.Officers;
using Microsoft.AspNetCore.Identity;
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

internal sealed class KnownBrowserMap : IEntityTypeConfiguration<KnownBrowser>
{
    public void Configure(EntityTypeBuilder<KnownBrowser> browser)
    {
        browser.Property(b => b.Id).ValueGeneratedNever();
        browser.HasIndex(b => new { b.OfficerId, b.KeyHash }).IsUnique();
        browser.HasOne<Account>().WithMany().HasForeignKey(b => b.OfficerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SavedViewMap : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.Property(v => v.Id).ValueGeneratedNever();
        view.Property(v => v.Name).HasMaxLength(SavedView.MaxName).UseCollation("NOCASE");
        view.Property(v => v.Query).HasMaxLength(SavedView.MaxQuery);
        view.HasIndex(v => new { v.OfficerId, v.Name }).IsUnique();
        view.HasOne<Account>().WithMany().HasForeignKey(v => v.OfficerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RecoveryCodeMap : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> code)
    {
        code.Property(c => c.Id).ValueGeneratedNever();
        code.HasIndex(c => new { c.OfficerId, c.Hash }).IsUnique();
        code.HasOne<Account>().WithMany().HasForeignKey(c => c.OfficerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccountLinkMap : IEntityTypeConfiguration<AccountLink>
{
    public void Configure(EntityTypeBuilder<AccountLink> link)
    {
        link.Property(l => l.Id).ValueGeneratedNever();
        link.HasIndex(l => l.Hash).IsUnique();
        link.HasIndex(l => new { l.OfficerId, l.CreatedAt });
        link.HasOne<Account>().WithMany().HasForeignKey(l => l.OfficerId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>
/// Identity's table of passkeys. Identity maps it by the schema version of its options alone (its own property for that is
/// not asked), and the options are not there at design time; mapped here it is the same model everywhere.
/// </summary>
internal sealed class PasskeyMap : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> passkey)
    {
        passkey.ToTable("AspNetUserPasskeys");
        passkey.HasKey(p => p.CredentialId);
        // As WebAuthn bounds it.
        passkey.Property(p => p.CredentialId).HasMaxLength(1024);
        passkey.OwnsOne(p => p.Data).ToJson();
        passkey.HasOne<Account>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
