using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AlertDavao.Dashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class AuditChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Hash",
                table: "Audit",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]);

            // Append-only, also for whoever opens the file with a tool and means no harm.
            migrationBuilder.Sql("CREATE TRIGGER AuditIsNotChanged BEFORE UPDATE ON Audit BEGIN SELECT RAISE(ABORT, 'The audit is append-only.'); END;");
            migrationBuilder.Sql("CREATE TRIGGER AuditIsNotRemoved BEFORE DELETE ON Audit BEGIN SELECT RAISE(ABORT, 'The audit is append-only.'); END;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER AuditIsNotChanged;");
            migrationBuilder.Sql("DROP TRIGGER AuditIsNotRemoved;");
            migrationBuilder.DropColumn(
                name: "Hash",
                table: "Audit");
        }
    }
}
