using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WorkflowStudio.Engine.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Prefix = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Scopes = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MakerId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Networks = table.Column<string>(type: "TEXT", nullable: false),
                    SharesOf = table.Column<string>(type: "TEXT", nullable: false),
                    LastUsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_keys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "appointment_types",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Alias = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    BufferMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    PriceCents = table.Column<long>(type: "INTEGER", nullable: false),
                    With = table.Column<string>(type: "TEXT", nullable: false),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_appointment_types", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "appointments",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    TypeId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StartsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FreeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    With = table.Column<string>(type: "TEXT", nullable: false),
                    Notes = table.Column<string>(type: "TEXT", nullable: false),
                    CancelReason = table.Column<string>(type: "TEXT", nullable: false),
                    Token = table.Column<string>(type: "TEXT", nullable: false),
                    Sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_appointments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "approvals",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    NodeId = table.Column<string>(type: "TEXT", nullable: false),
                    Iteration = table.Column<string>(type: "TEXT", nullable: true),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Message = table.Column<string>(type: "TEXT", nullable: false),
                    AskedOf = table.Column<string>(type: "TEXT", nullable: false),
                    ApproveLabel = table.Column<string>(type: "TEXT", nullable: false),
                    RejectLabel = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    DecidedBy = table.Column<string>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Comment = table.Column<string>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    TokenHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ProtectedToken = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_approvals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_log",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ById = table.Column<byte[]>(type: "BLOB", nullable: true),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    Action = table.Column<string>(type: "TEXT", nullable: false),
                    TargetId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Target = table.Column<string>(type: "TEXT", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_log", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "calendar_feeds",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Token = table.Column<string>(type: "TEXT", nullable: false),
                    TellsMore = table.Column<bool>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calendar_feeds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "connections",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Settings = table.Column<string>(type: "TEXT", nullable: false),
                    ProtectedSecret = table.Column<byte[]>(type: "BLOB", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_connections", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "contact_merges",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Email = table.Column<string>(type: "TEXT", nullable: true),
                    Phone = table.Column<string>(type: "TEXT", nullable: true),
                    IntoId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contact_merges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "contacts",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FirstName = table.Column<string>(type: "TEXT", nullable: false),
                    LastName = table.Column<string>(type: "TEXT", nullable: false),
                    Email = table.Column<string>(type: "TEXT", nullable: true),
                    Phone = table.Column<string>(type: "TEXT", nullable: true),
                    CustomerId = table.Column<string>(type: "TEXT", nullable: true),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contacts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "conversations",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Channel = table.Column<int>(type: "INTEGER", nullable: false),
                    Address = table.Column<string>(type: "TEXT", nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastReceivedId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    LastSentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ReadUpTo = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Unread = table.Column<int>(type: "INTEGER", nullable: false),
                    IsByHand = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsClosed = table.Column<bool>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_conversations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "credit_notes",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AmountCents = table.Column<long>(type: "INTEGER", nullable: false),
                    TaxCents = table.Column<long>(type: "INTEGER", nullable: false),
                    IssuedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_credit_notes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "document_facts",
                columns: table => new
                {
                    DocumentId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Schema = table.Column<string>(type: "TEXT", nullable: true),
                    Fields = table.Column<string>(type: "TEXT", nullable: false),
                    Confidence = table.Column<double>(type: "REAL", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_document_facts", x => x.DocumentId);
                });

            migrationBuilder.CreateTable(
                name: "documents",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_documents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "form_runs",
                columns: table => new
                {
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SubmissionId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_form_runs", x => x.RunId);
                });

            migrationBuilder.CreateTable(
                name: "form_submissions",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    FormId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Values = table.Column<string>(type: "TEXT", nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_form_submissions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "forms",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Intro = table.Column<string>(type: "TEXT", nullable: false),
                    Thanks = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    ClosesAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Fields = table.Column<string>(type: "TEXT", nullable: false),
                    Token = table.Column<string>(type: "TEXT", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forms", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                columns: table => new
                {
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    Method = table.Column<string>(type: "TEXT", nullable: false),
                    Path = table.Column<string>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    BodyHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Location = table.Column<string>(type: "TEXT", nullable: true),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency", x => new { x.WorkspaceId, x.Environment, x.Method, x.Path, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "integrations",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    ProtectedConfig = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_integrations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "invoice_lines",
                columns: table => new
                {
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    What = table.Column<string>(type: "TEXT", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", nullable: false),
                    Quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    UnitCents = table.Column<long>(type: "INTEGER", nullable: true),
                    TaxPercent = table.Column<long>(type: "INTEGER", nullable: false),
                    AmountCents = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invoice_lines", x => new { x.InvoiceId, x.Position });
                });

            migrationBuilder.CreateTable(
                name: "invoices",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", nullable: false),
                    SubtotalCents = table.Column<long>(type: "INTEGER", nullable: false),
                    TaxCents = table.Column<long>(type: "INTEGER", nullable: false),
                    TotalCents = table.Column<long>(type: "INTEGER", nullable: false),
                    PaidCents = table.Column<long>(type: "INTEGER", nullable: false),
                    CreditedCents = table.Column<long>(type: "INTEGER", nullable: false),
                    IssuedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IssuedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    PaidAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Token = table.Column<string>(type: "TEXT", nullable: false),
                    PaymentMethods = table.Column<string>(type: "TEXT", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OverdueKey = table.Column<string>(type: "TEXT", nullable: true),
                    RemindedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ReminderKey = table.Column<string>(type: "TEXT", nullable: true),
                    RemindedBefore = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    BillId = table.Column<string>(type: "TEXT", nullable: true),
                    BillUrl = table.Column<string>(type: "TEXT", nullable: true),
                    AwaitsBill = table.Column<bool>(type: "INTEGER", nullable: false),
                    Destination = table.Column<string>(type: "TEXT", nullable: false),
                    CallKey = table.Column<string>(type: "TEXT", nullable: true),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invoices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "mailboxes",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Place = table.Column<string>(type: "TEXT", nullable: false),
                    Validity = table.Column<long>(type: "INTEGER", nullable: false),
                    Last = table.Column<long>(type: "INTEGER", nullable: false),
                    HeldBy = table.Column<string>(type: "TEXT", nullable: true),
                    HeldUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Said = table.Column<string>(type: "TEXT", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mailboxes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "member_roles",
                columns: table => new
                {
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RoleId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_member_roles", x => new { x.WorkspaceId, x.UserId, x.RoleId });
                });

            migrationBuilder.CreateTable(
                name: "notifications",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    Audience = table.Column<string>(type: "TEXT", nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "opening_hours",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Weekday = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    IsClosed = table.Column<bool>(type: "INTEGER", nullable: false),
                    FromMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    ToMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_opening_hours", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "opt_outs",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Channel = table.Column<int>(type: "INTEGER", nullable: false),
                    Address = table.Column<string>(type: "TEXT", nullable: false),
                    Word = table.Column<string>(type: "TEXT", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_opt_outs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Channel = table.Column<int>(type: "INTEGER", nullable: false),
                    To = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    Html = table.Column<string>(type: "TEXT", nullable: true),
                    Cc = table.Column<string>(type: "TEXT", nullable: false),
                    Bcc = table.Column<string>(type: "TEXT", nullable: false),
                    ReplyTo = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Said = table.Column<string>(type: "TEXT", nullable: false),
                    GatewayId = table.Column<string>(type: "TEXT", nullable: true),
                    Captured = table.Column<bool>(type: "INTEGER", nullable: false),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    NodeId = table.Column<string>(type: "TEXT", nullable: true),
                    ConversationId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WrittenBy = table.Column<string>(type: "TEXT", nullable: true),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "payments",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    InvoiceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Method = table.Column<string>(type: "TEXT", nullable: false),
                    AmountCents = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", nullable: false),
                    Simulated = table.Column<bool>(type: "INTEGER", nullable: false),
                    PaidAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: false),
                    ByHand = table.Column<bool>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_payments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "properties",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Deal = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Address = table.Column<string>(type: "TEXT", nullable: false),
                    City = table.Column<string>(type: "TEXT", nullable: false),
                    PostalCode = table.Column<string>(type: "TEXT", nullable: false),
                    Price = table.Column<long>(type: "INTEGER", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", nullable: false),
                    Bedrooms = table.Column<int>(type: "INTEGER", nullable: true),
                    Bathrooms = table.Column<long>(type: "INTEGER", nullable: true),
                    Area = table.Column<long>(type: "INTEGER", nullable: true),
                    AreaUnit = table.Column<int>(type: "INTEGER", nullable: false),
                    AvailableFrom = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    PetsAllowed = table.Column<bool>(type: "INTEGER", nullable: false),
                    Furnished = table.Column<bool>(type: "INTEGER", nullable: false),
                    Url = table.Column<string>(type: "TEXT", nullable: false),
                    Description = table.Column<string>(type: "TEXT", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_properties", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "received_events",
                columns: table => new
                {
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    Type = table.Column<string>(type: "TEXT", nullable: false),
                    EventId = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_received_events", x => new { x.WorkspaceId, x.Environment, x.Type, x.EventId });
                });

            migrationBuilder.CreateTable(
                name: "received_messages",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Channel = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<string>(type: "TEXT", nullable: false),
                    To = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    TakenBy = table.Column<string>(type: "TEXT", nullable: true),
                    ConversationId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    EffectKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_received_messages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "retention",
                columns: table => new
                {
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    DoneDays = table.Column<int>(type: "INTEGER", nullable: false),
                    FailedDays = table.Column<int>(type: "INTEGER", nullable: false),
                    CanceledDays = table.Column<int>(type: "INTEGER", nullable: false),
                    PackDays = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_retention", x => new { x.WorkspaceId, x.Environment });
                });

            migrationBuilder.CreateTable(
                name: "run_archives",
                columns: table => new
                {
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LastSeq = table.Column<long>(type: "INTEGER", nullable: false),
                    Waited = table.Column<long>(type: "INTEGER", nullable: false),
                    Data = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_archives", x => x.RunId);
                });

            migrationBuilder.CreateTable(
                name: "run_blobs",
                columns: table => new
                {
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Payload = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_blobs", x => new { x.RunId, x.Seq });
                });

            migrationBuilder.CreateTable(
                name: "run_days",
                columns: table => new
                {
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    Starts = table.Column<long>(type: "INTEGER", nullable: false),
                    Ends = table.Column<long>(type: "INTEGER", nullable: false),
                    CountedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Done = table.Column<long>(type: "INTEGER", nullable: false),
                    Failed = table.Column<long>(type: "INTEGER", nullable: false),
                    Canceled = table.Column<long>(type: "INTEGER", nullable: false),
                    Open = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_days", x => new { x.WorkspaceId, x.Environment, x.Starts });
                });

            migrationBuilder.CreateTable(
                name: "run_events",
                columns: table => new
                {
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    NodeId = table.Column<string>(type: "TEXT", nullable: true),
                    Iteration = table.Column<string>(type: "TEXT", nullable: true),
                    Attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    Payload = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_events", x => new { x.RunId, x.Seq });
                });

            migrationBuilder.CreateTable(
                name: "run_inbox",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    NodeId = table.Column<string>(type: "TEXT", nullable: true),
                    Iteration = table.Column<string>(type: "TEXT", nullable: true),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                    SignalId = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    Data = table.Column<byte[]>(type: "BLOB", nullable: true),
                    By = table.Column<string>(type: "TEXT", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_inbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "run_remains",
                columns: table => new
                {
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_remains", x => x.RunId);
                });

            migrationBuilder.CreateTable(
                name: "run_waits",
                columns: table => new
                {
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    NodeId = table.Column<string>(type: "TEXT", nullable: false),
                    Iteration = table.Column<string>(type: "TEXT", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: true),
                    Signal = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_run_waits", x => new { x.RunId, x.NodeId, x.Iteration });
                });

            migrationBuilder.CreateTable(
                name: "runs",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    VersionSerial = table.Column<long>(type: "INTEGER", nullable: false),
                    Shard = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    CurrentNode = table.Column<string>(type: "TEXT", nullable: true),
                    StepsDone = table.Column<int>(type: "INTEGER", nullable: false),
                    WakeAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Cause = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    ContactId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ParentId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    RootId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    RetryOf = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Depth = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0),
                    IsTest = table.Column<bool>(type: "INTEGER", nullable: false, defaultValue: false),
                    Gate = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0),
                    Crashes = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0),
                    Trials = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0),
                    LastSeq = table.Column<long>(type: "INTEGER", nullable: false),
                    ErrorCode = table.Column<string>(type: "TEXT", nullable: true),
                    ErrorMessage = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_runs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "schedule_occurrences",
                columns: table => new
                {
                    ScheduleId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Earlier = table.Column<int>(type: "INTEGER", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedule_occurrences", x => new { x.ScheduleId, x.At });
                });

            migrationBuilder.CreateTable(
                name: "schedules",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    VersionSerial = table.Column<long>(type: "INTEGER", nullable: false),
                    IsTrigger = table.Column<bool>(type: "INTEGER", nullable: false),
                    Cron = table.Column<string>(type: "TEXT", nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", nullable: true),
                    Misfire = table.Column<int>(type: "INTEGER", nullable: false),
                    JitterSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    StartsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Payload = table.Column<string>(type: "TEXT", nullable: true),
                    WorkflowOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    Enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    HandledUntil = table.Column<long>(type: "INTEGER", nullable: false),
                    NextOccurrence = table.Column<long>(type: "INTEGER", nullable: true),
                    NextFireAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastFireAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "shards",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Epoch = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shards", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "signals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Data = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_signals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "trigger_log",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Cause = table.Column<string>(type: "TEXT", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    Event = table.Column<string>(type: "TEXT", nullable: true),
                    EventId = table.Column<string>(type: "TEXT", nullable: true),
                    Detail = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_trigger_log", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    EndpointId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    Dialect = table.Column<int>(type: "INTEGER", nullable: false),
                    Event = table.Column<string>(type: "TEXT", nullable: false),
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    WorkflowName = table.Column<string>(type: "TEXT", nullable: false),
                    RunId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Facts = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    NextTryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastTryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    LastProblem = table.Column<string>(type: "TEXT", nullable: true),
                    LastAnswer = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhook_deliveries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_endpoints",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Address = table.Column<string>(type: "TEXT", nullable: false),
                    Description = table.Column<string>(type: "TEXT", nullable: false),
                    Dialect = table.Column<int>(type: "INTEGER", nullable: false),
                    Events = table.Column<int>(type: "INTEGER", nullable: false),
                    IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    OffReason = table.Column<string>(type: "TEXT", nullable: true),
                    FailingSince = table.Column<long>(type: "INTEGER", nullable: true),
                    ProtectedSecret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ProtectedFormer = table.Column<byte[]>(type: "BLOB", nullable: true),
                    FormerUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhook_endpoints", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workflow_grants",
                columns: table => new
                {
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    GranteeId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    IsRole = table.Column<bool>(type: "INTEGER", nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workflow_grants", x => new { x.WorkflowId, x.GranteeId });
                });

            migrationBuilder.CreateTable(
                name: "workflow_versions",
                columns: table => new
                {
                    Serial = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkflowId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Definition = table.Column<string>(type: "TEXT", nullable: false),
                    EditorState = table.Column<string>(type: "TEXT", nullable: false),
                    AuthorId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workflow_versions", x => x.Serial);
                });

            migrationBuilder.CreateTable(
                name: "workflows",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Environment = table.Column<int>(type: "INTEGER", nullable: false),
                    Slug = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Description = table.Column<string>(type: "TEXT", nullable: false),
                    Tags = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Visibility = table.Column<int>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OwnerKeyId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Origin = table.Column<string>(type: "TEXT", nullable: false),
                    TriggerType = table.Column<string>(type: "TEXT", nullable: false),
                    Shape = table.Column<int>(type: "INTEGER", nullable: false),
                    TriggerEvent = table.Column<string>(type: "TEXT", nullable: true),
                    ActiveSerial = table.Column<long>(type: "INTEGER", nullable: true),
                    ActiveNumber = table.Column<int>(type: "INTEGER", nullable: false),
                    NewestSerial = table.Column<long>(type: "INTEGER", nullable: true),
                    NewestNumber = table.Column<int>(type: "INTEGER", nullable: false),
                    Snapshot = table.Column<int>(type: "INTEGER", nullable: false),
                    Fields = table.Column<string>(type: "TEXT", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    DraftRevision = table.Column<int>(type: "INTEGER", nullable: false),
                    DraftDefinition = table.Column<string>(type: "TEXT", nullable: true),
                    EditorState = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DeletedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workflows", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workspace_members",
                columns: table => new
                {
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UserId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workspace_members", x => new { x.WorkspaceId, x.UserId });
                });

            migrationBuilder.CreateTable(
                name: "workspace_roles",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WorkspaceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Permissions = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workspace_roles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "workspaces",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Slug = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", nullable: false),
                    Phone = table.Column<string>(type: "TEXT", nullable: false),
                    CaptureUntilConnected = table.Column<bool>(type: "INTEGER", nullable: false),
                    DefaultVisibility = table.Column<int>(type: "INTEGER", nullable: false),
                    AllowsCode = table.Column<bool>(type: "INTEGER", nullable: false),
                    DocumentBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workspaces", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_api_keys_Hash",
                table: "api_keys",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_api_keys_WorkspaceId",
                table: "api_keys",
                column: "WorkspaceId");

            migrationBuilder.CreateIndex(
                name: "IX_appointment_types_WorkspaceId_Environment_Alias",
                table: "appointment_types",
                columns: new[] { "WorkspaceId", "Environment", "Alias" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_appointments_ContactId",
                table: "appointments",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_appointments_Token",
                table: "appointments",
                column: "Token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_appointments_TypeId",
                table: "appointments",
                column: "TypeId");

            migrationBuilder.CreateIndex(
                name: "IX_appointments_WorkspaceId_Environment_EffectKey",
                table: "appointments",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_appointments_WorkspaceId_Environment_StartsAt",
                table: "appointments",
                columns: new[] { "WorkspaceId", "Environment", "StartsAt" });

            migrationBuilder.CreateIndex(
                name: "IX_approvals_TokenHash",
                table: "approvals",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_approvals_WorkspaceId_Environment_EffectKey",
                table: "approvals",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_approvals_WorkspaceId_Environment_Status_CreatedAt",
                table: "approvals",
                columns: new[] { "WorkspaceId", "Environment", "Status", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_log_WorkspaceId_Id",
                table: "audit_log",
                columns: new[] { "WorkspaceId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_calendar_feeds_Token",
                table: "calendar_feeds",
                column: "Token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_calendar_feeds_WorkspaceId_Environment",
                table: "calendar_feeds",
                columns: new[] { "WorkspaceId", "Environment" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_connections_WorkspaceId_Environment_Kind_Name",
                table: "connections",
                columns: new[] { "WorkspaceId", "Environment", "Kind", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_contact_merges_IntoId",
                table: "contact_merges",
                column: "IntoId");

            migrationBuilder.CreateIndex(
                name: "IX_contact_merges_WorkspaceId_Environment_EffectKey",
                table: "contact_merges",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_contact_merges_WorkspaceId_Environment_Email",
                table: "contact_merges",
                columns: new[] { "WorkspaceId", "Environment", "Email" },
                filter: "\"Email\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_contact_merges_WorkspaceId_Environment_Phone",
                table: "contact_merges",
                columns: new[] { "WorkspaceId", "Environment", "Phone" },
                filter: "\"Phone\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_contacts_WorkspaceId_Environment_EffectKey",
                table: "contacts",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_contacts_WorkspaceId_Environment_Email",
                table: "contacts",
                columns: new[] { "WorkspaceId", "Environment", "Email" },
                filter: "\"Email\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_contacts_WorkspaceId_Environment_Phone",
                table: "contacts",
                columns: new[] { "WorkspaceId", "Environment", "Phone" },
                filter: "\"Phone\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_conversations_ContactId",
                table: "conversations",
                column: "ContactId",
                filter: "\"ContactId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_conversations_open",
                table: "conversations",
                columns: new[] { "WorkspaceId", "Environment", "LastAt", "Id" },
                filter: "\"LastReceivedId\" IS NOT NULL AND NOT \"IsClosed\"");

            migrationBuilder.CreateIndex(
                name: "IX_conversations_unread",
                table: "conversations",
                columns: new[] { "WorkspaceId", "Environment", "LastAt", "Id" },
                filter: "\"Unread\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_conversations_WorkspaceId_Environment_Channel_Address",
                table: "conversations",
                columns: new[] { "WorkspaceId", "Environment", "Channel", "Address" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_conversations_WorkspaceId_Environment_EffectKey",
                table: "conversations",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_conversations_WorkspaceId_Environment_LastAt_Id",
                table: "conversations",
                columns: new[] { "WorkspaceId", "Environment", "LastAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_credit_notes_InvoiceId",
                table: "credit_notes",
                column: "InvoiceId");

            migrationBuilder.CreateIndex(
                name: "IX_credit_notes_WorkspaceId_Environment_EffectKey",
                table: "credit_notes",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_credit_notes_WorkspaceId_Environment_Sequence",
                table: "credit_notes",
                columns: new[] { "WorkspaceId", "Environment", "Sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_documents_ContactId",
                table: "documents",
                column: "ContactId",
                filter: "\"ContactId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_documents_RunId",
                table: "documents",
                column: "RunId",
                filter: "\"RunId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_documents_WorkflowId",
                table: "documents",
                column: "WorkflowId",
                filter: "\"WorkflowId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_documents_WorkspaceId_Environment_CreatedAt",
                table: "documents",
                columns: new[] { "WorkspaceId", "Environment", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_documents_WorkspaceId_Environment_EffectKey",
                table: "documents",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_form_runs_SubmissionId",
                table: "form_runs",
                column: "SubmissionId");

            migrationBuilder.CreateIndex(
                name: "IX_form_submissions_WorkspaceId_Environment_ContactId_Id",
                table: "form_submissions",
                columns: new[] { "WorkspaceId", "Environment", "ContactId", "Id" },
                filter: "\"ContactId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_form_submissions_WorkspaceId_Environment_EffectKey",
                table: "form_submissions",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_form_submissions_WorkspaceId_Environment_FormId_Id",
                table: "form_submissions",
                columns: new[] { "WorkspaceId", "Environment", "FormId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_form_submissions_WorkspaceId_Environment_Id",
                table: "form_submissions",
                columns: new[] { "WorkspaceId", "Environment", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_forms_Token",
                table: "forms",
                column: "Token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_forms_WorkspaceId_Environment_EffectKey",
                table: "forms",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_forms_WorkspaceId_Environment_Id",
                table: "forms",
                columns: new[] { "WorkspaceId", "Environment", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_CreatedAt",
                table: "idempotency",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_integrations_WorkspaceId_Environment_WorkflowId",
                table: "integrations",
                columns: new[] { "WorkspaceId", "Environment", "WorkflowId" });

            migrationBuilder.CreateIndex(
                name: "IX_invoices_ContactId",
                table: "invoices",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_invoices_Token",
                table: "invoices",
                column: "Token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invoices_WorkspaceId_BillId",
                table: "invoices",
                columns: new[] { "WorkspaceId", "BillId" },
                filter: "\"BillId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_invoices_WorkspaceId_Environment_EffectKey",
                table: "invoices",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_invoices_WorkspaceId_Environment_IssuedAt",
                table: "invoices",
                columns: new[] { "WorkspaceId", "Environment", "IssuedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_invoices_WorkspaceId_Environment_PaidAt",
                table: "invoices",
                columns: new[] { "WorkspaceId", "Environment", "PaidAt" },
                filter: "\"PaidAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_invoices_WorkspaceId_Environment_Sequence",
                table: "invoices",
                columns: new[] { "WorkspaceId", "Environment", "Sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invoices_WorkspaceId_Environment_Status_DueOn",
                table: "invoices",
                columns: new[] { "WorkspaceId", "Environment", "Status", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_invoices_WorkspaceId_Environment_Status_Sequence",
                table: "invoices",
                columns: new[] { "WorkspaceId", "Environment", "Status", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_mailboxes_WorkspaceId_Environment",
                table: "mailboxes",
                columns: new[] { "WorkspaceId", "Environment" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_mailboxes_WorkspaceId_Environment_EffectKey",
                table: "mailboxes",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_member_roles_WorkspaceId_RoleId",
                table: "member_roles",
                columns: new[] { "WorkspaceId", "RoleId" });

            migrationBuilder.CreateIndex(
                name: "IX_notifications_unread",
                table: "notifications",
                columns: new[] { "WorkspaceId", "Environment", "Id" },
                filter: "\"ReadAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notifications_WorkflowId",
                table: "notifications",
                column: "WorkflowId",
                filter: "\"WorkflowId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notifications_WorkspaceId_Environment_EffectKey",
                table: "notifications",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notifications_WorkspaceId_Environment_Id",
                table: "notifications",
                columns: new[] { "WorkspaceId", "Environment", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_opening_hours_WorkspaceId_Environment_Weekday",
                table: "opening_hours",
                columns: new[] { "WorkspaceId", "Environment", "Weekday" });

            migrationBuilder.CreateIndex(
                name: "IX_opt_outs_WorkspaceId_Environment_Channel_Address",
                table: "opt_outs",
                columns: new[] { "WorkspaceId", "Environment", "Channel", "Address" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_opt_outs_WorkspaceId_Environment_EffectKey",
                table: "opt_outs",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_ConversationId_CreatedAt_Id",
                table: "outbox",
                columns: new[] { "ConversationId", "CreatedAt", "Id" },
                filter: "\"ConversationId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_RunId",
                table: "outbox",
                column: "RunId",
                filter: "\"RunId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_WorkspaceId_Environment_Channel_CreatedAt",
                table: "outbox",
                columns: new[] { "WorkspaceId", "Environment", "Channel", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_outbox_WorkspaceId_Environment_CreatedAt",
                table: "outbox",
                columns: new[] { "WorkspaceId", "Environment", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_outbox_WorkspaceId_Environment_EffectKey",
                table: "outbox",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_WorkspaceId_Environment_GatewayId",
                table: "outbox",
                columns: new[] { "WorkspaceId", "Environment", "GatewayId" },
                filter: "\"GatewayId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_WorkspaceId_Environment_Status",
                table: "outbox",
                columns: new[] { "WorkspaceId", "Environment", "Status" },
                filter: "\"Status\" = 4");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_WorkspaceId_Environment_To_CreatedAt",
                table: "outbox",
                columns: new[] { "WorkspaceId", "Environment", "To", "CreatedAt" },
                filter: "\"Channel\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_payments_InvoiceId",
                table: "payments",
                column: "InvoiceId");

            migrationBuilder.CreateIndex(
                name: "IX_payments_WorkspaceId_Environment_EffectKey",
                table: "payments",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_payments_WorkspaceId_Environment_PaidAt",
                table: "payments",
                columns: new[] { "WorkspaceId", "Environment", "PaidAt" });

            migrationBuilder.CreateIndex(
                name: "IX_properties_WorkspaceId_Environment_EffectKey",
                table: "properties",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_properties_WorkspaceId_Environment_Id",
                table: "properties",
                columns: new[] { "WorkspaceId", "Environment", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_properties_WorkspaceId_Environment_Reference",
                table: "properties",
                columns: new[] { "WorkspaceId", "Environment", "Reference" },
                filter: "\"Reference\" <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_properties_WorkspaceId_Environment_Status_Price",
                table: "properties",
                columns: new[] { "WorkspaceId", "Environment", "Status", "Price" });

            migrationBuilder.CreateIndex(
                name: "IX_received_events_At",
                table: "received_events",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_received_messages_ContactId_CreatedAt_Id",
                table: "received_messages",
                columns: new[] { "ContactId", "CreatedAt", "Id" },
                filter: "\"ContactId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_received_messages_ConversationId_Id",
                table: "received_messages",
                columns: new[] { "ConversationId", "Id" },
                filter: "\"ConversationId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_received_messages_WorkspaceId_Environment_EffectKey",
                table: "received_messages",
                columns: new[] { "WorkspaceId", "Environment", "EffectKey" },
                unique: true,
                filter: "\"EffectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_received_messages_WorkspaceId_Environment_Id",
                table: "received_messages",
                columns: new[] { "WorkspaceId", "Environment", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_run_inbox_RunId",
                table: "run_inbox",
                column: "RunId");

            migrationBuilder.CreateIndex(
                name: "IX_run_waits_WorkspaceId_Environment_Signal",
                table: "run_waits",
                columns: new[] { "WorkspaceId", "Environment", "Signal" },
                filter: "\"Signal\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_runs_gate",
                table: "runs",
                columns: new[] { "WorkflowId", "Gate", "Id" },
                filter: "\"Gate\" > 0 AND \"FinishedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_runs_ParentId",
                table: "runs",
                column: "ParentId",
                filter: "\"ParentId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_runs_RetryOf",
                table: "runs",
                column: "RetryOf",
                filter: "\"RetryOf\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_runs_RootId",
                table: "runs",
                column: "RootId",
                filter: "\"RootId\" IS NOT NULL AND \"FinishedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_runs_Shard_WakeAt",
                table: "runs",
                columns: new[] { "Shard", "WakeAt" },
                filter: "\"WakeAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_runs_tests",
                table: "runs",
                columns: new[] { "WorkspaceId", "Environment", "Status", "Id" },
                filter: "\"IsTest\"");

            migrationBuilder.CreateIndex(
                name: "IX_runs_WorkflowId_ContactId",
                table: "runs",
                columns: new[] { "WorkflowId", "ContactId" },
                filter: "\"ContactId\" IS NOT NULL AND \"FinishedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_runs_WorkflowId_Id",
                table: "runs",
                columns: new[] { "WorkflowId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_runs_WorkspaceId_Environment_ContactId_Id",
                table: "runs",
                columns: new[] { "WorkspaceId", "Environment", "ContactId", "Id" },
                filter: "\"ContactId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_runs_WorkspaceId_Environment_Id",
                table: "runs",
                columns: new[] { "WorkspaceId", "Environment", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_runs_WorkspaceId_Environment_Status_Id",
                table: "runs",
                columns: new[] { "WorkspaceId", "Environment", "Status", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_runs_WorkspaceId_Environment_WakeAt",
                table: "runs",
                columns: new[] { "WorkspaceId", "Environment", "WakeAt" },
                filter: "\"Status\" = 2");

            migrationBuilder.CreateIndex(
                name: "IX_schedule_occurrences_DecidedAt",
                table: "schedule_occurrences",
                column: "DecidedAt");

            migrationBuilder.CreateIndex(
                name: "IX_schedules_WorkflowId",
                table: "schedules",
                column: "WorkflowId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_schedules_WorkspaceId_Environment_NextFireAt",
                table: "schedules",
                columns: new[] { "WorkspaceId", "Environment", "NextFireAt" });

            migrationBuilder.CreateIndex(
                name: "IX_signals_At",
                table: "signals",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_signals_WorkspaceId_Environment_Name_At",
                table: "signals",
                columns: new[] { "WorkspaceId", "Environment", "Name", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_trigger_log_At",
                table: "trigger_log",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_trigger_log_EventId",
                table: "trigger_log",
                column: "EventId",
                filter: "\"EventId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_trigger_log_WorkflowId_Outcome_Id",
                table: "trigger_log",
                columns: new[] { "WorkflowId", "Outcome", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_trigger_log_WorkspaceId_Environment_Event_Id",
                table: "trigger_log",
                columns: new[] { "WorkspaceId", "Environment", "Event", "Id" },
                filter: "\"Event\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_trigger_log_WorkspaceId_Environment_Id",
                table: "trigger_log",
                columns: new[] { "WorkspaceId", "Environment", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_CreatedAt",
                table: "webhook_deliveries",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_EndpointId_Id",
                table: "webhook_deliveries",
                columns: new[] { "EndpointId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_EndpointId_NextTryAt",
                table: "webhook_deliveries",
                columns: new[] { "EndpointId", "NextTryAt" },
                filter: "\"NextTryAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_EndpointId_State_Id",
                table: "webhook_deliveries",
                columns: new[] { "EndpointId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_webhook_endpoints_WorkspaceId_Environment",
                table: "webhook_endpoints",
                columns: new[] { "WorkspaceId", "Environment" });

            migrationBuilder.CreateIndex(
                name: "IX_workflow_grants_GranteeId",
                table: "workflow_grants",
                column: "GranteeId");

            migrationBuilder.CreateIndex(
                name: "IX_workflow_versions_WorkflowId_Number",
                table: "workflow_versions",
                columns: new[] { "WorkflowId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_workflows_listed",
                table: "workflows",
                columns: new[] { "WorkspaceId", "Environment", "DeletedAt", "UpdatedAt", "Id", "Status", "Shape", "TriggerType", "Visibility", "OwnerId", "OwnerKeyId" });

            migrationBuilder.CreateIndex(
                name: "IX_workflows_not_for_all",
                table: "workflows",
                column: "WorkspaceId",
                filter: "\"Visibility\" <> 1");

            migrationBuilder.CreateIndex(
                name: "IX_workflows_WorkspaceId_Environment_ActiveSerial",
                table: "workflows",
                columns: new[] { "WorkspaceId", "Environment", "ActiveSerial" },
                filter: "\"TriggerType\" = 'event'");

            migrationBuilder.CreateIndex(
                name: "IX_workflows_WorkspaceId_Environment_Slug",
                table: "workflows",
                columns: new[] { "WorkspaceId", "Environment", "Slug" },
                unique: true,
                filter: "\"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_workspace_members_UserId",
                table: "workspace_members",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_workspace_roles_WorkspaceId_Name",
                table: "workspace_roles",
                columns: new[] { "WorkspaceId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_workspaces_Slug",
                table: "workspaces",
                column: "Slug",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "appointment_types");

            migrationBuilder.DropTable(
                name: "appointments");

            migrationBuilder.DropTable(
                name: "approvals");

            migrationBuilder.DropTable(
                name: "audit_log");

            migrationBuilder.DropTable(
                name: "calendar_feeds");

            migrationBuilder.DropTable(
                name: "connections");

            migrationBuilder.DropTable(
                name: "contact_merges");

            migrationBuilder.DropTable(
                name: "contacts");

            migrationBuilder.DropTable(
                name: "conversations");

            migrationBuilder.DropTable(
                name: "credit_notes");

            migrationBuilder.DropTable(
                name: "document_facts");

            migrationBuilder.DropTable(
                name: "documents");

            migrationBuilder.DropTable(
                name: "form_runs");

            migrationBuilder.DropTable(
                name: "form_submissions");

            migrationBuilder.DropTable(
                name: "forms");

            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropTable(
                name: "integrations");

            migrationBuilder.DropTable(
                name: "invoice_lines");

            migrationBuilder.DropTable(
                name: "invoices");

            migrationBuilder.DropTable(
                name: "mailboxes");

            migrationBuilder.DropTable(
                name: "member_roles");

            migrationBuilder.DropTable(
                name: "notifications");

            migrationBuilder.DropTable(
                name: "opening_hours");

            migrationBuilder.DropTable(
                name: "opt_outs");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "payments");

            migrationBuilder.DropTable(
                name: "properties");

            migrationBuilder.DropTable(
                name: "received_events");

            migrationBuilder.DropTable(
                name: "received_messages");

            migrationBuilder.DropTable(
                name: "retention");

            migrationBuilder.DropTable(
                name: "run_archives");

            migrationBuilder.DropTable(
                name: "run_blobs");

            migrationBuilder.DropTable(
                name: "run_days");

            migrationBuilder.DropTable(
                name: "run_events");

            migrationBuilder.DropTable(
                name: "run_inbox");

            migrationBuilder.DropTable(
                name: "run_remains");

            migrationBuilder.DropTable(
                name: "run_waits");

            migrationBuilder.DropTable(
                name: "runs");

            migrationBuilder.DropTable(
                name: "schedule_occurrences");

            migrationBuilder.DropTable(
                name: "schedules");

            migrationBuilder.DropTable(
                name: "shards");

            migrationBuilder.DropTable(
                name: "signals");

            migrationBuilder.DropTable(
                name: "trigger_log");

            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropTable(
                name: "webhook_endpoints");

            migrationBuilder.DropTable(
                name: "workflow_grants");

            migrationBuilder.DropTable(
                name: "workflow_versions");

            migrationBuilder.DropTable(
                name: "workflows");

            migrationBuilder.DropTable(
                name: "workspace_members");

            migrationBuilder.DropTable(
                name: "workspace_roles");

            migrationBuilder.DropTable(
                name: "workspaces");
        }
    }
}
