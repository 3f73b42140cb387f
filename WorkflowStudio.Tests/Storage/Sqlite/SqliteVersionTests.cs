using WorkflowStudio.Engine.Storage.Sqlite;

namespace WorkflowStudio.Tests.Storage.Sqlite;

public sealed class SqliteVersionTests
{
    [Theory]
    [InlineData("3.50.4", true)]
    [InlineData("3.51.2", true)]
    [InlineData("3.51.3", false)]
    [InlineData("3.53.4", false)]
    [InlineData("", true)]
    public void RefuseVersion_WithTheFault_SaysWhatToDo(string version, bool isRefused) =>
        Assert.Equal(isRefused, SqliteDatabase.RefuseVersion(version) is not null);
}
