using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AlertDavao.Dashboard.Data;

/// <summary>For <c>dotnet ef migrations add</c>: the model without starting the product.</summary>
internal sealed class DesignTimeDb : IDesignTimeDbContextFactory<AlertDavaoDb>
{
    public AlertDavaoDb CreateDbContext(string[] args)
        => new(new DbContextOptionsBuilder<AlertDavaoDb>().UseSqlite("Data Source=:memory:").Options);
}
