using System.Text;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Documents;

/// <summary>Looks into the table of integrations.</summary>
internal static class StoredIntegrations
{
    /// <summary>The settings of one as they are stored, and decrypted.</summary>
    public static async Task<(string Raw, string Clear)> StoredConfigAsync(this StudioApp app, Guid id)
    {
        await using var db = await app.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        var stored = (await db.Set<IntegrationRow>().SingleAsync(i => i.Id == id)).ProtectedConfig;
        return (Encoding.Latin1.GetString(stored), app.Get<ISecretProtector>().Unprotect(stored)!);
    }
}
