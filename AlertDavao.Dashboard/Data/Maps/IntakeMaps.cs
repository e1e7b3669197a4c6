using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AlertDavao.Dashboard.Data.Maps;

internal sealed class IntakeClientMap : IEntityTypeConfiguration<IntakeClient>
{
    public void Configure(EntityTypeBuilder<IntakeClient> client)
    {
        client.Property(c => c.Id).ValueGeneratedNever();
        client.HasIndex(c => c.KeyHash).IsUnique();
    }
}

internal sealed class IdempotentAnswerMap : IEntityTypeConfiguration<IdempotentAnswer>
{
    public void Configure(EntityTypeBuilder<IdempotentAnswer> answer)
    {
        answer.HasKey(a => new { a.ClientId, a.Key });
        answer.HasOne<IntakeClient>().WithMany().HasForeignKey(a => a.ClientId).OnDelete(DeleteBehavior.Cascade);
        answer.HasOne<Report>().WithMany().HasForeignKey(a => a.ReportId).OnDelete(DeleteBehavior.Restrict);
    }
}
