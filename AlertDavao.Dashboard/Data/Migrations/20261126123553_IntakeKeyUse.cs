using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AlertDavao.Dashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class IntakeKeyUse : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "LastUsedAt",
                table: "IntakeClients",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PerMinute",
                table: "IntakeClients",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LastUsedAt",
                table: "IntakeClients");

            migrationBuilder.DropColumn(
                name: "PerMinute",
                table: "IntakeClients");
        }
    }
}
