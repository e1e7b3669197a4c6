using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AlertDavao.Dashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class ReportSights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "PaintedTo",
                table: "StationLogs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            // When earlier reports were first on a screen nobody wrote down, and nobody shall guess.
            migrationBuilder.Sql("UPDATE StationLogs SET PaintedTo = LastNumber");

            migrationBuilder.CreateTable(
                name: "ReportSights",
                columns: table => new
                {
                    ReportId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Log = table.Column<string>(type: "TEXT", nullable: false),
                    FirstPaintedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FirstSeenBy = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportSights", x => new { x.ReportId, x.Log });
                    table.ForeignKey(
                        name: "FK_ReportSights_Reports_ReportId",
                        column: x => x.ReportId,
                        principalTable: "Reports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReportSights");

            migrationBuilder.DropColumn(
                name: "PaintedTo",
                table: "StationLogs");
        }
    }
}
