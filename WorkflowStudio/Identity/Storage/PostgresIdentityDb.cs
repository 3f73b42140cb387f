using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Identity.Storage;

/// <summary>The tables as PostgreSQL has them: a type of its own, so that its migrations are kept apart from SQLite's.</summary>
internal sealed class PostgresIdentityDb(DbContextOptions<PostgresIdentityDb> options) : IdentityDb(options);
